import Skills

/// Admits entries one by one by the rules that concern them and the set of all: names, sizes, number, `SKILL.md`.
struct EntryValidator {
  /// What the archive has to be.
  enum Holding {
    /// One skill, with its `SKILL.md` at the root.
    case skill
    /// Any files: where the skills are is for the caller to find.
    case anything
  }

  private let limits: ArchiveLimits
  private let holding: Holding
  private var names = UsedNames()
  private var count = 0
  private var hasSkillMarkdown = false

  init(limits: ArchiveLimits, holding: Holding = .skill) {
    self.limits = limits
    self.holding = holding
  }

  mutating func admit(file path: [UInt8], size: Int) throws(ArchiveRefusal) -> SkillPath {
    let path = try admit(path, as: .file)
    if path == .skillMarkdown {
      hasSkillMarkdown = true
      guard size <= limits.skillMarkdownBytes else {
        throw ArchiveRefusal(
          .skillMarkdownLimit, entry: path.string, "it is larger than \(limits.skillMarkdownBytes) bytes")
      }
    }
    guard size <= limits.fileBytes else {
      throw ArchiveRefusal(.fileLimit, entry: path.string, "it is larger than \(limits.fileBytes) bytes")
    }
    return path
  }

  /// - Parameter path: with or without the slash that folders end with.
  mutating func admit(folder path: [UInt8]) throws(ArchiveRefusal) -> SkillPath {
    let bare = path.last == UInt8(ascii: "/") ? path.dropLast() : path[...]
    return try admit(Array(bare), as: .folder)
  }

  func finish() throws(ArchiveRefusal) {
    if hasSkillMarkdown || holding == .anything { return }
    throw ArchiveRefusal(.missingSkillMarkdown, "the archive has no SKILL.md at its root")
  }

  /// Counts an entry; for those that are not read this is all.
  mutating func countEntry() throws(ArchiveRefusal) {
    count += 1
    guard count <= limits.entries else {
      throw ArchiveRefusal(.entryLimit, "the archive has more than \(limits.entries) entries")
    }
  }

  private mutating func admit(_ bytes: [UInt8], as kind: UsedNames.Kind) throws(ArchiveRefusal) -> SkillPath {
    try countEntry()
    let path: SkillPath
    do {
      path = try holding == .anything ? SkillPath(composing: bytes) : SkillPath(validating: bytes)
    } catch {
      throw ArchiveRefusal(error)
    }
    if holding == .skill, path != .skillMarkdown, path.string.lowercased() == "skill.md" {
      throw ArchiveRefusal(.misspelledSkillMarkdown, entry: path.string, "the main file is spelled SKILL.md")
    }
    try names.insert(path, as: kind)
    return path
  }
}
