/// The full name of a skill in a registry: `author/slug`, nothing before, between or behind.
package struct SkillName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let author: AuthorName
  package let slug: SkillSlug

  package init(author: AuthorName, slug: SkillSlug) {
    self.author = author
    self.slug = slug
  }

  package init(parsing text: String) throws(NameRefusal) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Substring.init)
    guard parts.count == 2 else {
      throw NameRefusal(kind: "a skill reference", text: text, reason: "write it as author/slug")
    }
    author = try AuthorName(parsing: String(parts[0]))
    slug = try SkillSlug(parsing: String(parts[1]))
  }

  package var description: String { "\(author)/\(slug)" }

  package static func < (left: Self, right: Self) -> Bool {
    left.author == right.author ? left.slug < right.slug : left.author < right.author
  }
}
