import Skills
import SystemPackage

/// The making of one skill, out of sight, until it is complete.
///
/// It has a name of its own in the working folder, which nobody but us may enter, and up to six entries there. Nothing
/// of it is held open: a change may have more skills than a process may have files.
struct Staging: Sendable {
  enum Part: String, CaseIterable {
    /// The new folder; after an exchange it is the old one.
    case skill
    /// The old folder where the file system cannot exchange.
    case old
    /// A folder that goes, until it is removed: it may be what somebody wrote by hand.
    case leaving
    /// Is there from the moment on at which `skill` or `old` may be what somebody wrote by hand.
    case keep
    /// An archive that is too large for the memory.
    case archive
    /// A new record for a folder that stays.
    case mark
    case formerMark = "former-mark"
  }

  /// How often we look again when somebody changes the target all the time.
  private static let attempts = 32

  /// Whether `SkillsRoot` could have given this name to the staging of a skill.
  static func isName(_ name: String, of slug: SkillSlug) -> Bool {
    name.hasPrefix("\(slug).") && !name.contains("/")
      && name.dropFirst(slug.rawValue.count + 1).allSatisfy(\.isHexDigit)
  }

  /// The staging to which an entry of the working folder belongs; nil when it is none of ours.
  static func owner(of entry: String) -> (name: String, slug: SkillSlug)? {
    let words = entry.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 3, Part(rawValue: words[2]) != nil, let slug = try? SkillSlug(parsing: words[0]) else {
      return nil
    }
    let name = "\(words[0]).\(words[1])"
    return isName(name, of: slug) ? (name, slug) : nil
  }

  let root: SkillsRoot
  let work: Directory
  let name: String

  func entry(_ part: Part) -> Entry { Entry(directory: work, name: "\(name).\(part.rawValue)") }

  /// Where an archive may be written that is too large for the memory, as a path that nobody can swap.
  var archivePath: String { work.descriptorPath(of: entry(.archive).name).string }

  func kind(of part: Part) throws(MeshError) -> Directory.Kind? { try work.kind(of: entry(part).name) }

  /// Puts the finished skill where nothing stands.
  ///
  /// - Throws: `conflict` when something has appeared there.
  func place(_ slug: SkillSlug) throws(MeshError) {
    guard try work.moveNew(entry(.skill).name, to: root.directory, slug.rawValue) else {
      throw MeshError(
        .conflict, "'\(root.directory.path(of: slug.rawValue))' appeared in the meantime",
        hint: "Look at it, and try again.")
    }
  }

  /// Puts the finished skill where something stands, in one step where the file system can.
  ///
  /// - Returns: Where that is now; nil when it was gone by then.
  func replace(_ slug: SkillSlug) throws(MeshError) -> Entry? {
    try work.write([], to: entry(.keep).name)
    let new = entry(.skill)
    for _ in 0..<Self.attempts {
      if try work.moveNew(new.name, to: root.directory, slug.rawValue) { return nil }
      switch try exchange(new, slug) {
      case .done: return new
      case .missing: continue
      case .unsupported:
        try root.directory.move(slug.rawValue, to: work, entry(.old).name)
        do throws(MeshError) {
          try place(slug)
        } catch {
          // Where it cannot come back it stays here, for the next run.
          let isBack = (try? work.moveNew(entry(.old).name, to: root.directory, slug.rawValue)) == true
          if !isBack { root.leaveToNextRun() }
          throw error
        }
        return entry(.old)
      }
    }
    throw MeshError(.conflict, "'\(root.directory.path(of: slug.rawValue))' changes all the time")
  }

  /// Undoes `place(_:)` and `replace(_:)`.
  func undo(_ slug: SkillSlug, for former: Entry?) throws(MeshError) {
    guard let former else {
      // Only what we put there: something else may have taken its place.
      if try Self.isModified(Entry(directory: root.directory, name: slug.rawValue), slug) { return }
      return try root.directory.move(slug.rawValue, to: work, entry(.skill).name)
    }
    guard try exchange(former, slug) != .done else { return }
    let new = entry(former.name == entry(.old).name ? .skill : .old)
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
    try root.directory.move(slug.rawValue, to: work, entry(.leaving).name)
    return entry(.leaving)
  }

  /// Whether an entry is other than what we put there.
  static func isModified(_ entry: Entry, _ slug: SkillSlug) throws(MeshError) -> Bool {
    guard let kind = try entry.directory.kind(of: entry.name) else { return false }
    guard kind == .directory else { return true }
    return try SkillFolder(entry.directory.child(entry.name), named: slug).state != .intact
  }

  /// Removes all of it, unless the next run needs it.
  func discard() throws(MeshError) {
    if root.isLeftToNextRun { return }
    // First: what is half removed when this is cut short must not be taken for somebody's work.
    try work.removeTree(entry(.keep).name)
    for part in Part.allCases where ![.keep, .leaving].contains(part) { try work.removeTree(entry(part).name) }
    guard try kind(of: .leaving) != nil else { return }
    try work.move(entry(.leaving).name, to: work, entry(.skill).name)
    try work.removeTree(entry(.skill).name)
  }

  /// After a crash: the old or the new state, whichever the moment of the crash allows, and nothing of value lost.
  func recover(_ slug: SkillSlug) throws(MeshError) {
    if try kind(of: .old) != nil, try root.directory.kind(of: slug.rawValue) == nil {
      try work.move(entry(.old).name, to: root.directory, slug.rawValue)
    }
    let kept: [Part] = try kind(of: .keep) == nil ? [.leaving] : [.skill, .old, .leaving]
    for remains in kept.map(entry) where try Self.isModified(remains, slug) {
      _ = try root.backUp(remains, of: slug)
    }
    try discard()
  }
}
