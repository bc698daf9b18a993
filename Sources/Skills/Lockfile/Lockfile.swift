/// `skills.lock`: what was resolved, so that everybody gets the same bytes.
///
/// `schemas/lock.schema.json` says the same for other programs.
package struct Lockfile: Hashable, Sendable {
  package static let fileName = "skills.lock"
  package static let currentFormat = 1
  package static let maximumBytes = 8 << 20
  package static let maximumSkills = 2_000

  /// Sorted by folder, which no two of them share.
  package let skills: [LockedSkill]
  /// Where in `skills` each stands, so that no command over many skills looks through all of them for each.
  private let folders: [SkillSlug: Int]
  private let names: [SkillName: Int]

  /// Of two skills with one folder the later one counts.
  package init(_ skills: [LockedSkill] = []) {
    let byFolder = Dictionary(skills.map { ($0.folder, $0) }, uniquingKeysWith: { $1 })
    let sorted = byFolder.values.sorted { $0.folder < $1.folder }
    let positions = sorted.enumerated()
    folders = Dictionary(uniqueKeysWithValues: positions.map { ($1.folder, $0) })
    names = Dictionary(positions.compactMap { index, skill in skill.name.map { ($0, index) } }) { first, _ in first }
    self.skills = sorted
  }

  package subscript(folder: SkillSlug) -> LockedSkill? { folders[folder].map { skills[$0] } }

  package subscript(name: SkillName) -> LockedSkill? { names[name].map { skills[$0] } }
}
