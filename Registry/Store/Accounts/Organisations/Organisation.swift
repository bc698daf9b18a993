import Skills

/// A name that several accounts publish under.
package struct Organisation: Sendable, Hashable {
  /// Its number among the authors.
  package var authorID: Int64
  package var name: AuthorName
  package var displayName: DisplayName?
}

extension Organisation {
  init(_ row: SQLRow) throws {
    authorID = try row.integer("id")
    name = try AuthorName(parsing: row.text("name"))
    displayName = try row.optional("display_name", row.text).map { try DisplayName(parsing: $0) }
  }
}
