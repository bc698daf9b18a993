import Skills

/// Finds one skill in several real folders: copied by hand beside one that is installed, or installed twice.
struct DuplicateChecks {
  private struct Found {
    let path: String
    let name: String
    let tree: TreeDigest
  }

  let examination: Examination

  func findings() -> [FixableFinding] {
    var found: [Found] = []
    if let shared = examination.shared { found += skills(in: shared, called: Agent.sharedFolder) }
    for folder in examination.folders { found += skills(in: folder.directory, called: folder.text) }
    var findings: [FixableFinding] = []
    for (index, first) in found.enumerated() {
      for second in found.dropFirst(index + 1) where first.name == second.name || first.tree == second.tree {
        findings.append(finding(first, second))
      }
    }
    return findings
  }

  private func finding(_ first: Found, _ second: Found) -> FixableFinding {
    let isSame = first.tree == second.tree
    return FixableFinding(
      .duplicate, .warning, at: second.path,
      "this is \(isSame ? "the same skill as" : "another skill of the name '\(second.name)' beside") \(first.path)",
      why: isSame
        ? "Agents that read both list it twice, and only one of them is kept up to date."
        : "Which of the two an agent follows is a matter of chance.",
      remedy: "Keep one of the two, and remove the other")
  }

  /// The skills that are real folders there, without the copies that we made of the shared ones; what cannot be read is
  /// reported elsewhere.
  private func skills(in directory: Directory, called text: String) -> [Found] {
    let names = (try? directory.names()) ?? []
    return names.filter { !$0.hasPrefix(".") }.compactMap { (try? skill($0, in: directory, called: text)) ?? nil }
  }

  private func skill(_ name: String, in directory: Directory, called text: String) throws(MeshError) -> Found? {
    guard try directory.kind(of: name) == .directory else { return nil }
    let folder = try directory.child(name)
    guard let bytes = try folder.read("SKILL.md", limit: SkillDocument.maximumBytes),
      let tree = (try? InstalledContents(folder))?.manifest.treeDigest
    else { return nil }
    if text != Agent.sharedFolder, try isCopy(folder, name) { return nil }
    let document = try? SkillDocument(reading: bytes)
    return Found(path: "\(text)/\(name)", name: document?.name ?? name, tree: tree)
  }

  /// Whether a folder of an agent is our copy of a skill, edited or not; one of which the skill is gone is
  /// reported elsewhere.
  private func isCopy(_ folder: Directory, _ name: String) throws(MeshError) -> Bool {
    guard let slug = try? SkillSlug(parsing: name) else { return false }
    return try OwnershipMark.read(in: folder, of: slug, knowing: []) != nil
  }
}
