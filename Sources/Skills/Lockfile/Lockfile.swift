/// `skills.lock`: what was resolved, so that everybody gets the same bytes.
///
/// `schemas/lock.schema.json` says the same for other programs.
package struct Lockfile: Hashable, Sendable {
  package static let fileName = "skills.lock"
  package static let currentFormat = 1
  package static let maximumBytes = 8 << 20
  package static let maximumSkills = 2_000

  /// Sorted by folder, which no two of them share.
  package private(set) var skills: [LockedSkill]

  /// Of two skills with one folder the later one counts.
  package init(_ skills: [LockedSkill] = []) {
    let byFolder = Dictionary(skills.map { ($0.folder, $0) }, uniquingKeysWith: { $1 })
    self.skills = byFolder.values.sorted { $0.folder < $1.folder }
  }

  package subscript(folder: SkillSlug) -> LockedSkill? { skills.first { $0.folder == folder } }

  package subscript(name: SkillName) -> LockedSkill? { skills.first { $0.name == name } }
}
