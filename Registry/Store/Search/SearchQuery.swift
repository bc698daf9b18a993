/// What somebody looks for, as words of letters and digits: nothing of it is syntax to the database.
package struct SearchQuery: Sendable, Hashable {
  /// In lower case; the last one may be the beginning of a word.
  package let words: [String]
  /// As it was asked, in lower case, without the space around it.
  package let text: String

  package init(_ query: String) {
    let lowered = query.lowercased()
    words = lowered.unicodeScalars
      .split { !Self.isPartOfWord($0) }
      .map { String(String.UnicodeScalarView($0.drop { !Self.startsWord($0) })) }
      .filter { !$0.isEmpty }
    let scalars = lowered.unicodeScalars.drop(while: \.properties.isWhitespace)
    text = String(String.UnicodeScalarView(scalars.reversed().drop(while: \.properties.isWhitespace).reversed()))
  }

  /// Whether nothing was asked, rather than something without a single word.
  package var isEmpty: Bool { text.isEmpty }

  static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: startsWord(scalar)
    }
  }

  private static func startsWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
