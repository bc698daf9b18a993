import Skills

/// What somebody holds to prove who they are: 43 random base62 characters, 256 bits.
///
/// Only its SHA-256 is ever stored. It prints as a constant, so that no log or error can carry it.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  private static let length = 43

  /// The text that its owner keeps: letters and digits.
  package let text: String

  package var hash: Digest { Digest(of: text.utf8) }

  /// A new one from the system's generator.
  package init() {
    text = Alphabet.base62.randomText(of: Self.length)
  }

  /// Reads a presented one; nil when it cannot be one, which spares a look-up.
  package init?(presented text: String) {
    guard text.utf8.count == Self.length, Alphabet.base62.contains(text) else { return nil }
    self.text = text
  }

  package var description: String { "<secret>" }
  package var debugDescription: String { "<secret>" }
}
