import Skills
import SystemPackage

/// The making of one skill, out of sight, until it is complete.
///
/// `skill` is the new folder; after an exchange it is the old one. `old` holds the old folder where the file system
/// cannot exchange. `keep` is there from the moment on at which either may be what somebody wrote by hand.
///
/// Nothing of it is held open: a change may have more skills than a process may have files.
struct Staging: Sendable {
  static let skill = "skill"
  static let archive = "archive"
  static let mark = "mark"
  static let formerMark = "former-mark"
  private static let old = "old"
  static let keep = "keep"
  /// How often we look again when somebody changes the target all the time.
  private static let attempts = 32

  /// Whether `SkillsRoot` could have given this name to the staging folder of a skill.
  static func isName(_ name: String, of slug: SkillSlug) -> Bool {
    name.hasPrefix("\(slug).") && !name.contains("/")
      && name.dropFirst(slug.rawValue.count + 1).allSatisfy(\.isHexDigit)
  }

  let root: SkillsRoot
  let work: Directory
  let name: String

  /// What the folder holds under this name, as an entry of the folder above, which nobody but us may enter.
  func entry(_ part: String) -> Entry { Entry(directory: work, name: "\(name)/\(part)") }

  /// Puts the finished skill where nothing stands.
  ///
  /// - Throws: `conflict` when something has appeared there.
  func place(_ slug: SkillSlug) throws(MeshError) {
    guard try work.moveNew(entry(Self.skill).name, to: root.directory, slug.rawValue) else {
      throw MeshError(
        .conflict, "'\(root.directory.place(of: slug.rawValue))' appeared in the meantime",
        hint: "Look at it, and try again.")
    }
  }

  /// Puts the finished skill where something stands, in one step where the file system can.
  ///
  /// - Returns: Where that is now; nil when it was gone by then.
  func replace(_ slug: SkillSlug) throws(MeshError) -> Entry? {
    try work.write([], to: entry(Self.keep).name)
    let new = entry(Self.skill)
    for _ in 0..<Self.attempts {
      if try work.moveNew(new.name, to: root.directory, slug.rawValue) { return nil }
      switch try exchange(new, slug) {
      case .done: return new
      case .missing: continue
      case .unsupported:
        try root.directory.move(slug.rawValue, to: work, entry(Self.old).name)
        try place(slug)
        return entry(Self.old)
      }
    }
    throw MeshError(.conflict, "'\(root.directory.place(of: slug.rawValue))' changes all the time")
  }

  /// Undoes `place(_:)` and `replace(_:)`.
  func takeBack(_ slug: SkillSlug, for former: Entry?) throws(MeshError) {
    guard let former else {
      // Only what we put there: something else may have taken its place.
      if try isPrecious(Entry(directory: root.directory, name: slug.rawValue), slug) { return }
      return try root.directory.move(slug.rawValue, to: work, entry(Self.skill).name)
    }
    guard try exchange(former, slug) != .done else { return }
    let new = entry(former.name == entry(Self.old).name ? Self.skill : Self.old)
    if try root.directory.kind(of: slug.rawValue) != nil {
      try root.directory.move(slug.rawValue, to: work, new.name)
    }
    try former.directory.move(former.name, to: root.directory, slug.rawValue)
  }

  private func exchange(_ entry: Entry, _ slug: SkillSlug) throws(MeshError) -> Directory.Exchange {
    guard root.canExchange else { return .unsupported }
    return try entry.directory.exchange(entry.name, with: root.directory, slug.rawValue)
  }

  /// Takes a skill out of its place; it disappears in one step.
  func takeOut(_ slug: SkillSlug) throws(MeshError) -> Entry {
    try work.write([], to: entry(Self.keep).name)
    try root.directory.move(slug.rawValue, to: work, entry(Self.skill).name)
    return entry(Self.skill)
  }

  /// Whether what was taken out of a place is more than what we put there.
  func isPrecious(_ entry: Entry, _ slug: SkillSlug) throws(MeshError) -> Bool {
    guard let kind = try entry.directory.kind(of: entry.name) else { return false }
    guard kind == .directory else { return true }
    return try SkillFolder(entry.directory.child(entry.name), named: slug).state != .intact
  }

  func discard() throws(MeshError) {
    if work.removeIfEmpty(name) { return }
    // First: what is half removed when this is cut short must not be taken for somebody's work.
    try work.removeFile(entry(Self.keep).name)
    try work.removeTree(name)
  }

  func kind(of part: String) throws(MeshError) -> Directory.Kind? { try work.kind(of: entry(part).name) }

  /// After a crash: the old or the new state, whichever the moment of the crash allows, and nothing of value lost.
  func recover(_ slug: SkillSlug) throws(MeshError) {
    if try kind(of: Self.old) != nil, try root.directory.kind(of: slug.rawValue) == nil {
      try work.move(entry(Self.old).name, to: root.directory, slug.rawValue)
    }
    if try kind(of: Self.keep) != nil {
      for remains in [entry(Self.skill), entry(Self.old)] where try isPrecious(remains, slug) {
        _ = try root.backUp(remains, of: slug)
      }
    }
    try discard()
  }
}
