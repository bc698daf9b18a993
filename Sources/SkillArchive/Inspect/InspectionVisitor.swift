import Skills

/// Collects what an inspection tells: listings, the manifest and the text of `SKILL.md`.
struct InspectionVisitor: EntryVisitor {
  private(set) var listings: [Listing] = []
  private(set) var entries: [FileManifest.Entry] = []
  private(set) var skillMarkdown: [UInt8] = []
  private var isInSkillMarkdown = false

  mutating func begin(_ file: IncomingFile) {
    isInSkillMarkdown = file.path == .skillMarkdown
  }

  mutating func content(_ bytes: UnsafeRawBufferPointer) {
    if isInSkillMarkdown { skillMarkdown.append(contentsOf: bytes) }
  }

  mutating func end(_ entry: FileManifest.Entry) {
    entries.append(entry)
    listings.append(Listing(entry))
  }

  mutating func folder(_ path: SkillPath) {
    listings.append(Listing(folder: path))
  }
}
