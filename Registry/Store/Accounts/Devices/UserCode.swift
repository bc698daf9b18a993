import Skills

/// What a person types to approve a device: 8 of 20 consonants, shown as `BCDF-GHJK` (RFC 8628, section 6.1).
package struct UserCode: Sendable, Hashable, CustomStringConvertible {
  private static let length = 8

  /// Without the hyphen.
  private let letters: String

  var hash: Digest { Digest(of: letters.utf8) }

  package init() {
    letters = Alphabet.consonants.randomText(of: Self.length)
  }

  /// Reads what somebody typed: in any case, with any spaces and hyphens; nil when it cannot be a code.
  package init?(typed text: String) {
    let letters = text.uppercased().filter { $0 != "-" && !$0.isWhitespace }
    guard letters.utf8.count == Self.length, Alphabet.consonants.contains(letters) else { return nil }
    self.letters = letters
  }

  package var description: String { "\(letters.prefix(4))-\(letters.suffix(4))" }
}
