import Skills

/// A sentence for people: one line, nothing that acts on a terminal.
package struct Reason: Sendable, Hashable {
  package static let maximumCharacters = 500

  package let text: String

  package init(parsing text: String) throws(Refusal) {
    let scalars = text.unicodeScalars
    guard scalars.contains(where: { !$0.properties.isWhitespace }) else { throw .empty }
    guard scalars.count <= Self.maximumCharacters else { throw .tooLong }
    guard scalars.allSatisfy(\.isPrintable) else { throw .unprintable }
    self.text = text
  }

  package enum Refusal: Error, MeshErrorConvertible, CustomStringConvertible {
    case empty
    case tooLong
    case unprintable

    package var description: String {
      switch self {
      case .empty: "a reason has at least one visible character"
      case .tooLong: "a reason has at most \(Reason.maximumCharacters) characters"
      case .unprintable: "a reason is one line without control or invisible characters"
      }
    }

    package var meshError: MeshError { MeshError(.validationError, "\(description)") }
  }
}

extension Reason: SQLValueConvertible {
  package var sqlValue: SQLValue { .text(text) }
}
