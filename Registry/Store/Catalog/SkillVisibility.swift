import Skills

/// Who may know of a skill.
package enum SkillVisibility: Sendable, Hashable {
  case everybody
  /// The author of that number, and the members of it when it is an organisation.
  case members(of: Int64)
  /// There is none of that name.
  case nobody
  /// Its author has another name now: whether there is such a skill is for that one to say. Or it is public, and was
  /// transferred to that author.
  case moved(to: AuthorName)
  /// It is private, and was transferred: to the author of that name and number, whose members alone may know of it.
  case transferred(to: AuthorName, members: Int64)

  package init(_ skill: SkillRecord) {
    self = skill.isPrivate ? .members(of: skill.authorID) : .everybody
  }

  /// - Parameter name: That of the skill, which tokens name in their patterns.
  package func includes(_ reader: Reader, for name: SkillName) -> Bool {
    switch self {
    case .everybody: true
    case .members(let author): reader.seesPrivate(name, ofAuthor: author)
    case .nobody, .moved, .transferred: false
    }
  }

  /// Whose a skill is now that had another name before, as far as the reader may know.
  ///
  /// - Parameter slug: Of the skill, which stays.
  package func presentAuthor(of slug: SkillSlug, for reader: Reader) -> AuthorName? {
    switch self {
    case .moved(let author): author
    case .transferred(let author, let id):
      reader.seesPrivate(SkillName(author: author, slug: slug), ofAuthor: id) ? author : nil
    case .everybody, .members, .nobody: nil
    }
  }
}
