/// What becomes of a lock: the difference of the one before and the one after.
///
/// A skill of a registry stays the same skill under another folder; a skill with a source is known by its folder.
package struct LockfileChange: Hashable, Sendable {
  package struct Move: Hashable, Sendable {
    package var from: LockedSkill
    package var to: LockedSkill

    /// Whether anything but the version, and what follows from it, is another: the folder, the registry, the source.
    package var changesOrigin: Bool {
      from.folder != to.folder || from.reference != to.reference || from.registry != to.registry
    }
  }

  /// Each sorted by folder, those that moved by the new one.
  package private(set) var added: [LockedSkill] = []
  package private(set) var removed: [LockedSkill] = []
  /// Those of which anything differs.
  package private(set) var moved: [Move] = []
  package private(set) var unchanged: [LockedSkill] = []

  package init(from old: Lockfile, to new: Lockfile) {
    let before = Dictionary(old.skills.map { (Identity($0), $0) }, uniquingKeysWith: { $1 })
    let kept = Set(new.skills.map(Identity.init))
    for skill in new.skills {
      switch before[Identity(skill)] {
      case nil: added.append(skill)
      case .some(let same) where same == skill: unchanged.append(skill)
      case .some(let other): moved.append(Move(from: other, to: skill))
      }
    }
    removed = old.skills.filter { !kept.contains(Identity($0)) }
  }

  package var isEmpty: Bool { added.isEmpty && removed.isEmpty && moved.isEmpty }

  private enum Identity: Hashable {
    case name(SkillName)
    case folder(SkillSlug)

    init(_ skill: LockedSkill) {
      self = skill.name.map(Identity.name) ?? .folder(skill.folder)
    }
  }
}
