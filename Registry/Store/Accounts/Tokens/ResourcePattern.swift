import Skills

/// Skills or agents by name: `*`, `acme/*`, `acme/tool-*` or `acme/tool`.
package struct ResourcePattern: Sendable, Hashable, CustomStringConvertible {
  package static let everything = ResourcePattern(author: nil, slug: "", isPrefix: true)

  /// Nil for everybody's.
  private let author: AuthorName?
  private let slug: String
  private let isPrefix: Bool

  private init(author: AuthorName?, slug: String, isPrefix: Bool) {
    self.author = author
    self.slug = slug
    self.isPrefix = isPrefix
  }

  package init(parsing text: String) throws(MeshError) {
    if text == "*" {
      self = .everything
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let author = try? AuthorName(parsing: String(parts[0])), Self.isSlug(parts[1]) else {
      throw MeshError(
        .validationError, "'\(text, limit: 120)' is not a pattern of names",
        hint: "Write it as acme/tool, acme/tool-*, acme/* or *.")
    }
    let isPrefix = parts[1].hasSuffix("*")
    self.init(author: author, slug: String(isPrefix ? parts[1].dropLast() : parts[1]), isPrefix: isPrefix)
  }

  /// - Parameter slug: Of a skill or an agent.
  package func matches(_ author: AuthorName, _ slug: String) -> Bool {
    guard let own = self.author else { return true }
    return own == author && (isPrefix ? slug.hasPrefix(self.slug) : slug == self.slug)
  }

  /// Whether it matches everything that `other` matches.
  package func includes(_ other: ResourcePattern) -> Bool {
    guard let author else { return true }
    return author == other.author && (isPrefix ? other.slug.hasPrefix(slug) : self == other)
  }

  /// Whether it matches names of that author and of nobody else.
  func isConfined(to author: AuthorName) -> Bool { self.author == author }

  package var description: String {
    guard let author else { return "*" }
    return "\(author)/\(slug)\(isPrefix ? "*" : "")"
  }

  private static func isSlug(_ text: Substring) -> Bool {
    if text == "*" { return true }
    // The beginning of a name may end in a hyphen, and no whole one does: a letter behind it makes it one.
    let whole = text.hasSuffix("*") ? String(text.dropLast()) + "x" : String(text)
    return (try? SkillSlug(parsing: whole)) != nil
  }
}

extension ResourcePattern: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(parsing: decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
