import FileSystem
import Skills
import SystemPackage

/// Looks at the links and copies in the folders of agents.
struct LinkChecks {
  private let examination: Examination
  /// Folders of the agents that the manifest names, without the shared one.
  private let wanted: Set<String>
  /// Names of the folders in the shared one.
  private let installed: Set<String>

  init(examination: Examination) {
    self.examination = examination
    let agents = (examination.readManifest?.agents ?? []).compactMap { try? Agent.named($0) }
    wanted = Set(agents.compactMap { examination.targets.folder(of: $0) }).subtracting([Agent.sharedFolder])
    installed = Set(examination.installed.map(\.slug))
  }

  func findings() -> [FixableFinding] {
    var found: [FixableFinding] = []
    if let shared = examination.shared { found += broken(in: shared) }
    for folder in examination.folders {
      found += broken(in: folder)
      found += FixableFinding.looking(at: folder.text) { () throws(MeshError) in try orphans(in: folder) }
    }
    for skill in examination.installed {
      guard let mark = skill.mark, let slug = try? SkillSlug(parsing: skill.slug) else { continue }
      // What no lock knows is for somebody to decide on, and not to be linked anew.
      if let lock = examination.readLock, lock[slug] == nil { continue }
      found += unlinked(slug, mark)
      for folder in mark.links.sorted() {
        let link = Fix.Link(folder: folder, slug: slug)
        found += FixableFinding.looking(at: link.text) { () throws(MeshError) in try recorded(link, mark) }
      }
    }
    return found
  }

  /// Copies that we made, of skills that are gone.
  private func orphans(in folder: FolderListing) throws(MeshError) -> [FixableFinding] {
    var found: [FixableFinding] = []
    for item in try folder.items.get() {
      guard try item.kind.get() == .directory, let slug = try? SkillSlug(parsing: item.name),
        !installed.contains(item.name),
        let mark = try OwnershipMark.read(in: folder.directory.child(item.name), of: slug, knowing: [])
      else { continue }
      found.append(
        FixableFinding(
          .orphanedRecord, .warning, at: "\(folder.text)/\(item.name)",
          "this is a copy of \(mark.reference), which is not in \(Agent.sharedFolder)",
          why: "Its agent still reads it, and it is neither verified nor updated.",
          remedy: "Remove it, or bring the skill back: agent-mesh skills install"))
    }
    return found
  }

  /// Folders of the project's agents in which nothing was ever made for a skill.
  private func unlinked(_ slug: SkillSlug, _ mark: OwnershipMark) -> [FixableFinding] {
    wanted.subtracting(mark.links).sorted().map { folder in
      FixableFinding(
        .linkMissing, .warning, at: "\(folder)/\(slug)",
        "\(ProjectManifest.fileName) names an agent that reads \(folder), and \(slug) is not there",
        why: "That agent does not see the skill.", remedy: "Run: agent-mesh skills install")
    }
  }

  private func broken(in folder: FolderListing) -> [FixableFinding] {
    FixableFinding.looking(at: folder.text) { () throws(MeshError) in try brokenLinks(in: folder) }
  }

  private func brokenLinks(in folder: FolderListing) throws(MeshError) -> [FixableFinding] {
    var found: [FixableFinding] = []
    for item in try folder.items.get() {
      guard case .link(let target) = try item.kind.get(), folder.directory.identity(of: item.name) == nil else {
        continue
      }
      let slug = try? SkillSlug(parsing: item.name)
      let link = slug.flatMap {
        isOurs(target, in: folder.directory, $0) ? Fix.Link(folder: folder.text, slug: $0) : nil
      }
      let isShared = folder.text == Agent.sharedFolder
      found.append(
        FixableFinding(
          .linkBroken, .warning, at: "\(folder.text)/\(item.name)",
          link == nil ? "the link leads nowhere: '\(target)'" : "the link leads to a skill that is gone",
          why: "No agent finds a skill there.",
          remedy: isShared || link == nil ? "Remove it, or put back what it led to" : nil,
          fix: isShared ? nil : link.map { .unlinking($0) }))
    }
    return found
  }

  /// Whether a link is one that we make: from the folder of an agent to a skill in the shared folder.
  private func isOurs(_ target: String, in directory: Directory, _ slug: SkillSlug) -> Bool {
    guard !target.hasPrefix("/"), let from = directory.path.resolved else { return false }
    let base = examination.targets.base.resolved?.appending(FilePath(Agent.sharedFolder).components)
    guard let home = examination.targets.sharedFolder.resolved ?? base else { return false }
    let end = from.appending(FilePath(target).components).lexicallyNormalized()
    return end == home.appending(slug.rawValue)
  }
}

extension LinkChecks {
  /// What stands where the record of a skill says that an agent reaches it.
  private func recorded(_ link: Fix.Link, _ mark: OwnershipMark) throws(MeshError) -> [FixableFinding] {
    switch try examination.link(link.slug, in: link.folder)?.state() {
    case .shared, .link: return []
    case .missing, nil: return [missing(link)]
    case .copy(let copy): return try self.copy(link, copy.treeDigest, mark)
    case .foreign(let what): return foreign(link, what)
    }
  }

  private func missing(_ link: Fix.Link) -> FixableFinding {
    FixableFinding(
      .linkMissing, .warning, at: link.text, "the link to \(link.slug) is gone",
      why: "The record of the skill says that it is linked there: its agent does not see the skill.",
      fix: .linking(link, copies: false))
  }

  private func copy(
    _ link: Fix.Link, _ digest: TreeDigest, _ mark: OwnershipMark
  ) throws(MeshError) -> [FixableFinding] {
    if case .folder(let canonical) = try examination.entry(of: link.slug), case .edited = canonical.state {
      return [
        FixableFinding(
          .copyDiffers, .warning, at: link.text,
          "the skill was edited in \(Agent.sharedFolder)/\(link.slug), and this copy was not",
          why: "Agents now read different instructions under one name.",
          remedy: "Make the same edits here, or undo them: agent-mesh skills install --force")
      ]
    }
    guard digest != mark.treeDigest else { return [] }
    return [
      FixableFinding(
        .copyDiffers, .warning, at: link.text, "this copy is of another version than the skill itself",
        why: "Agents read different instructions under one name.", fix: .linking(link, copies: true))
    ]
  }

  private func foreign(_ link: Fix.Link, _ what: AgentLink.Obstacle) -> [FixableFinding] {
    [
      FixableFinding(
        what.isEditedCopy ? .copyDiffers : .linkMissing, .warning, at: link.text,
        "where the link to \(link.slug) belongs there is \(what)",
        why: "Its agent reads that, and the skill cannot be updated while it is there.",
        remedy: "Keep what you need of it elsewhere and remove it; then: agent-mesh skills doctor --fix")
    ]
  }
}
