import Skills

/// Who may know of a skill.
package enum SkillVisibility: Sendable, Hashable {
  case everybody
  /// The author of that number, and the members of it when it is an organisation.
  case members(of: Int64)
  /// There is none of that name.
  case nobody
  /// Its author has another name now: whether there is such a skill is for that one to say.
  case moved(to: AuthorName)

  package init(_ skill: SkillRecord) {
    self = skill.isPrivate ? .members(of: skill.authorID) : .everybody
  }

  /// - Parameter name: That of the skill, which tokens name in their patterns.
  package func includes(_ reader: Reader, for name: SkillName) -> Bool {
    switch self {
    case .everybody: true
    case .members(let author): reader.seesPrivate(name, ofAuthor: author)
    case .nobody, .moved: false
    }
  }
}
