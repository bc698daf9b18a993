import Skills

/// What a person or an organisation is called on pages: one line of 1 to 80 characters, nothing invisible.
package struct DisplayName: Sendable, Hashable, SQLValueConvertible {
  package static let maximumCharacters = 80

  package let text: String

  package init(parsing text: String) throws(MeshError) {
    let scalars = text.unicodeScalars
    guard scalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw MeshError(.validationError, "a display name has at least one visible character")
    }
    guard scalars.count <= Self.maximumCharacters else {
      throw MeshError(.validationError, "a display name has at most \(Self.maximumCharacters) characters")
    }
    guard scalars.allSatisfy(\.isPrintable) else {
      throw MeshError(.validationError, "a display name is one line without control or invisible characters")
    }
    self.text = text
  }

  package var sqlValue: SQLValue { .text(text) }
}
