/// Who may know of a skill.
package enum SkillVisibility: Sendable, Hashable {
  case everybody
  case author(Int64)
  /// There is none of that name.
  case nobody

  package init(_ skill: SkillRecord) {
    self = skill.isPrivate ? .author(skill.authorID) : .everybody
  }

  /// - Parameter reader: Nil for somebody without a token.
  package func includes(_ reader: Int64?) -> Bool {
    switch self {
    case .everybody: true
    case .author(let author): author == reader
    case .nobody: false
    }
  }
}
