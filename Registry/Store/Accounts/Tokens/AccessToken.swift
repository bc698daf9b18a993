import Skills

/// A secret that stands for an author or an account: `ah_`, 34 random base62 characters and six of checksum.
///
/// Only its SHA-256 is ever stored. It prints as a constant, so that no log or error can carry it.
package struct AccessToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  package static let prefix = "ah_"
  private static let randomLength = 34
  private static let checksumLength = 6

  /// The text that its owner keeps.
  ///
  /// Show it once.
  package let secret: String

  package var hash: Digest { Digest(of: secret.utf8) }

  /// A new token from the system's generator.
  package init() {
    let text = Self.prefix + Alphabet.base62.randomText(of: Self.randomLength)
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
    let characters = Digest(of: text.utf8).bytes.prefix(checksumLength).map { Alphabet.base62[$0] }
    return String(decoding: characters, as: UTF8.self)
  }
}
