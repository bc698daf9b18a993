import Skills

/// Finds what interrupted runs left: the next one clears it away, and until then it only takes space.
struct RemainsChecks {
  let examination: Examination

  func findings() -> [FixableFinding] {
    var found: [FixableFinding] = []
    if let shared = examination.shared?.directory {
      let path = "\(Agent.sharedFolder)/\(SkillsRoot.workName)"
      found += FixableFinding.looking(at: path) { () throws(MeshError) in
        switch try shared.kind(of: SkillsRoot.workName) {
        case nil: return []
        case .directory: return [finding(at: path, .recovery)]
        case .link, .file, .other:
          return [
            FixableFinding(
              .unreadable, .error, at: path, "it is not a folder",
              why: "Skills are made complete there before they are seen: nothing can be installed.",
              remedy: "Move it away")
          ]
        }
      }
    }
    for folder in examination.folders {
      let path = "\(folder.text)/\(SkillsRoot.workName)"
      found += FixableFinding.looking(at: path) { () throws(MeshError) in
        try remains(in: folder).map { finding(at: path, .clearing($0)) }
      }
    }
    return found
  }

  private func finding(at path: String, _ fix: Fix) -> FixableFinding {
    FixableFinding(
      .leftovers, .warning, at: path, "a run of agent-mesh was interrupted here, or is going on",
      why: "It is completed or undone by the next command that changes something.", fix: fix)
  }

  /// The skills of which copies were being made there.
  private func remains(in folder: FolderListing) throws(MeshError) -> [Fix.Link] {
    guard try folder.directory.kind(of: SkillsRoot.workName) == .directory else { return [] }
    let names = try folder.directory.child(SkillsRoot.workName).names()
    let slugs = names.filter { $0.hasSuffix(".new") || $0.hasSuffix(".old") }
      .compactMap { try? SkillSlug(parsing: String($0.dropLast(4))) }
    return Set(slugs).sorted().map { Fix.Link(folder: folder.text, slug: $0) }
  }
}
