/// A text that is not the version, range or bump it was given as: the text, the rule it breaks and what to write.
package struct VersionRefusal: Error, Hashable, Sendable, MeshErrorConvertible, CustomStringConvertible {
  package enum Rule: String, Error, CaseIterable {
    case empty = "it is empty"
    case tooLong = "it is longer than 128 characters"
    case rangeTooLong = "it is longer than 256 characters"
    case tooManyComparators = "it has more than 32 comparators"
    case notThreeNumbers = "a version is three numbers with dots between them"
    case leadingZero = "a number starts with a zero"
    case numberTooLarge = "a number is larger than 9007199254740991"
    case emptyIdentifier = "a part between two dots is empty"
    case forbiddenCharacter = "only digits, letters, dots, hyphens and one plus sign are allowed"
    case misplacedPrerelease = "a pre-release needs all three numbers before it"
    case danglingOperator = "an operator has no version after it"
    case notAnIdentifier = "a pre-release name is one word of letters, digits and hyphens"
  }

  package var text: String
  package var rule: Rule
  /// What to write instead, as half a sentence.
  package var nextStep: String

  package var meshError: MeshError { MeshError(.validationError, message) }

  package var description: String { message.description }

  private var message: Message {
    "'\(text, limit: 120)' is not accepted: \(rule.rawValue); \(nextStep)"
  }
}
