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
    let found = ([examination.shared].compactMap(\.self) + examination.folders).flatMap(skills)
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
  private func skills(in listing: FolderListing) -> [Found] {
    let items = (try? listing.items.get()) ?? []
    return items.filter { !$0.name.hasPrefix(".") }.compactMap { (try? skill($0, in: listing)) ?? nil }
  }

  private func skill(_ item: FolderListing.Item, in listing: FolderListing) throws(MeshError) -> Found? {
    guard try item.kind.get() == .directory else { return nil }
    let folder = try listing.directory.child(item.name)
    guard let bytes = try folder.read("SKILL.md", limit: SkillDocument.maximumBytes),
      let tree = try tree(of: folder, item.name, in: listing)
    else { return nil }
    let document = try? SkillDocument(reading: bytes)
    return Found(path: "\(listing.text)/\(item.name)", name: document?.name ?? item.name, tree: tree)
  }

  /// Nil for our copy of a skill, edited or not; one of which the skill is gone is reported elsewhere.
  private func tree(
    of folder: Directory, _ name: String, in listing: FolderListing
  ) throws(MeshError) -> TreeDigest? {
    if let slug = try? SkillSlug(parsing: name) {
      if listing.text != Agent.sharedFolder {
        if try OwnershipMark.read(in: folder, of: slug, knowing: []) != nil { return nil }
      } else if case .folder(let known) = try examination.entry(of: slug), let tree = known.tree {
        return tree
      }
    }
    return try InstalledContents(folder).manifest.treeDigest
  }
}
