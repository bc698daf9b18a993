import Skills

/// A secret that stands for an author: `ah_`, 34 random base62 characters and six of checksum.
///
/// Only its SHA-256 is ever stored. It prints as a constant, so that no log or error can carry it.
package struct AccessToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package static let prefix = "ah_"
  private static let randomLength = 34
  private static let checksumLength = 6
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// The text that its owner keeps.
  ///
  /// Show it once.
  package let secret: String

  package var hash: Digest { Digest(of: secret.utf8) }

  /// A new token from the system's generator.
  package init() {
    var body: [UInt8] = []
    while body.count < Self.randomLength {
      // Bytes of 248 and above would make some characters likelier than others.
      body += Randomness.bytes(64).filter { $0 < 248 }.map { Self.alphabet[Int($0) % 62] }
    }
    let text = Self.prefix + String(decoding: body.prefix(Self.randomLength), as: UTF8.self)
    secret = text + Self.checksum(of: text)
  }

  /// Reads a presented token; nil when it cannot be one, which spares a look-up.
  package init?(presented text: String) {
    let length = Self.prefix.utf8.count + Self.randomLength + Self.checksumLength
    guard text.utf8.count == length, text.hasPrefix(Self.prefix) else { return nil }
    let body = String(text.dropLast(Self.checksumLength))
    guard text.hasSuffix(Self.checksum(of: body)) else { return nil }
    secret = text
  }

  package var description: String { "<token>" }
  package var debugDescription: String { "<token>" }

  private static func checksum(of text: String) -> String {
    let characters = Digest(of: text.utf8).bytes.prefix(checksumLength).map { alphabet[Int($0) % 62] }
    return String(decoding: characters, as: UTF8.self)
  }
}
