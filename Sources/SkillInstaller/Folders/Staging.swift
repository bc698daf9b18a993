import Skills
import SystemPackage

/// The making of one skill, out of sight, until it is complete.
///
/// `skill` is the new folder; after an exchange it is the old one. `old` holds the old folder where the file system
/// cannot exchange. `keep` says that the old folder may hold what somebody wrote by hand.
struct Staging: Sendable {
  static let skill = "skill"
  static let archive = "archive"
  private static let old = "old"
  private static let keep = "keep"

  let root: SkillsRoot
  let work: Directory
  let name: String
  let folder: Directory

  /// Puts the finished skill in its place.
  ///
  /// - Parameter keepingOld: Whether the folder that stood there is kept as a backup.
  /// - Returns: Where the old folder is now, when it was kept.
  func place(_ slug: SkillSlug, keepingOld: Bool) throws(MeshError) -> FilePath? {
    let target = root.directory
    if try target.kind(of: slug.rawValue) == nil {
      guard try folder.moveNew(Self.skill, to: target, slug.rawValue) else {
        throw MeshError(.conflict, "'\(target.path.appending(slug.rawValue))' appeared in the meantime")
      }
      try discard()
      return nil
    }
    if keepingOld { try folder.write([], to: Self.keep) }
    var displaced = Self.skill
    if try !folder.exchange(Self.skill, with: target, slug.rawValue) {
      try target.move(slug.rawValue, to: folder, Self.old)
      try folder.move(Self.skill, to: target, slug.rawValue)
      displaced = Self.old
    }
    let backup = keepingOld ? try root.backUp(displaced, of: folder, slug: slug.rawValue) : nil
    try discard()
    return backup
  }

  /// Takes the skill out of its place; it disappears in one step.
  func displace(_ slug: SkillSlug, keepingOld: Bool) throws(MeshError) -> FilePath? {
    if keepingOld {
      let backup = try root.backUp(slug.rawValue, of: root.directory, slug: slug.rawValue)
      try discard()
      return backup
    }
    try root.directory.move(slug.rawValue, to: folder, Self.skill)
    try discard()
    return nil
  }

  func discard() throws(MeshError) {
    try work.removeTree(name)
    root.tidy()
  }

  /// After a crash: the old or the new state, whichever the moment of the crash allows, and nothing of value lost.
  func recover(_ slug: SkillSlug) throws(MeshError) {
    if try folder.kind(of: Self.old) != nil, try root.directory.kind(of: slug.rawValue) == nil {
      try folder.move(Self.old, to: root.directory, slug.rawValue)
    }
    if try folder.kind(of: Self.keep) != nil {
      for remains in [Self.skill, Self.old] where try mayBePrecious(remains) {
        _ = try root.backUp(remains, of: folder, slug: slug.rawValue)
      }
    }
    try discard()
  }

  private func mayBePrecious(_ name: String) throws(MeshError) -> Bool {
    guard let kind = try folder.kind(of: name) else { return false }
    guard kind == .directory else { return true }
    return try FolderState(of: folder.child(name)) != .intact
  }
}
