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
  private let positions: Positions

  private struct Positions: Sendable {
    var folders: [SkillSlug: Int] = [:]
    var names: [SkillName: Int] = [:]
  }

  /// Of two skills with one folder the later one counts.
  package init(_ skills: [LockedSkill] = []) {
    let byFolder = Dictionary(skills.map { ($0.folder, $0) }, uniquingKeysWith: { $1 })
    let sorted = byFolder.values.sorted { $0.folder < $1.folder }
    var positions = Positions()
    for (index, skill) in sorted.enumerated().reversed() {
      positions.folders[skill.folder] = index
      if let name = skill.name { positions.names[name] = index }
    }
    (self.skills, self.positions) = (sorted, positions)
  }

  package subscript(folder: SkillSlug) -> LockedSkill? { positions.folders[folder].map { skills[$0] } }

  package subscript(name: SkillName) -> LockedSkill? { positions.names[name].map { skills[$0] } }

  package static func == (left: Self, right: Self) -> Bool { left.skills == right.skills }

  package func hash(into hasher: inout Hasher) { hasher.combine(skills) }
}
