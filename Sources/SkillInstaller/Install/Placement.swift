import Skills
import SystemPackage

/// Moves finished skills into place and links agents to them: all of it or, when something fails, none.
struct Placement: Sendable {
  let root: SkillsRoot
  let targets: InstallTargets

  /// - Returns: What was done for each of the skills, in their order.
  func perform(_ skills: [StagedSkill]) throws(MeshError) -> [InstalledItem] {
    var journal = Journal()
    do throws(MeshError) {
      var prepared: [(skill: StagedSkill, links: [AgentLink])] = []
      for skill in skills { prepared.append((skill, try links(of: skill.decision, &journal))) }
      var items: [InstalledItem] = []
      for (skill, links) in prepared { items.append(try put(skill, links, &journal)) }
      journal.finish()
      return items
    } catch {
      journal.undo()
      throw error
    }
  }

  /// The places of the links, looked at once more before anything changes.
  private func links(of decision: Decision, _ journal: inout Journal) throws(MeshError) -> [AgentLink] {
    let places = AgentLinks(slug: decision.candidate.name.slug, folders: decision.plan.links, targets: targets)
    let links = try places.open(root, &journal)
    guard !decision.isForced else { return links }
    for link in links {
      if case .foreign(let what) = try link.state() { throw AgentLinks.conflict(link.entry.place, what) }
    }
    return links
  }

  private func put(
    _ skill: StagedSkill, _ links: [AgentLink], _ journal: inout Journal
  ) throws(MeshError) -> InstalledItem {
    var backups: [Entry] = []
    switch skill.content {
    case .folder: backups += try place(skill, &journal)
    case .mark: try replaceMark(skill, &journal)
    case .nothing: break
    }
    for link in links { backups += try make(link, skill, &journal) }
    return InstalledItem(skill, backups: backups.map(\.path.string))
  }

  private func place(_ skill: StagedSkill, _ journal: inout Journal) throws(MeshError) -> [Entry] {
    let (staging, slug) = (skill.staging, skill.slug)
    if skill.decision.needsFreePlace {
      try staging.place(slug)
      journal.note { () throws(MeshError) in try staging.takeBack(slug, for: nil) }
      return []
    }
    let former = try staging.replace(slug)
    journal.note { () throws(MeshError) in try staging.takeBack(slug, for: former) }
    // Looked at once more: somebody may have worked in it since the decision.
    guard let former else { return [] }
    var isKept = skill.decision.plan.keepsBackup
    if !isKept { isKept = try staging.isPrecious(former, slug) }
    return isKept ? [try backUp(former, slug, &journal)] : []
  }

  private func replaceMark(_ skill: StagedSkill, _ journal: inout Journal) throws(MeshError) {
    let (staging, folder) = (skill.staging.folder, try root.directory.child(skill.slug.rawValue))
    try staging.move(Staging.mark, to: folder, OwnershipMark.fileName)
    journal.note { () throws(MeshError) in
      try staging.move(Staging.formerMark, to: folder, OwnershipMark.fileName)
    }
  }

  /// - Returns: The backup of what stood there.
  private func make(
    _ link: AgentLink, _ skill: StagedSkill, _ journal: inout Journal
  ) throws(MeshError) -> [Entry] {
    var backups: [Entry] = []
    switch try link.state() {
    case .shared, .link: return []
    case .copy(let digest) where digest == skill.mark.treeDigest: return []
    case .copy: try putAside(link, &journal)
    case .missing: break
    case .foreign(let what):
      guard skill.decision.isForced else { throw AgentLinks.conflict(link.entry.place, what) }
      backups.append(try backUp(link.entry, skill.slug, &journal))
    }
    if !targets.copies, try link.folder.makeLink(link.slug.rawValue, to: link.text()) {
      journal.note { () throws(MeshError) in try link.folder.removeFile(link.slug.rawValue) }
      return backups
    }
    let copy = FolderCopy(link: link)
    try copy.make()
    journal.note { () throws(MeshError) in try link.folder.removeTree(link.slug.rawValue) }
    journal.later { copy.clear() }
    return backups
  }

  private func putAside(_ link: AgentLink, _ journal: inout Journal) throws(MeshError) {
    let copy = FolderCopy(link: link)
    try copy.putAside()
    journal.note { () throws(MeshError) in try copy.putBack() }
    journal.later { copy.clear() }
  }

  private func backUp(_ entry: Entry, _ slug: SkillSlug, _ journal: inout Journal) throws(MeshError) -> Entry {
    let backup = try root.backUp(entry, of: slug)
    journal.note { () throws(MeshError) in try root.restore(backup, to: entry) }
    return backup
  }
}

extension Placement {
  /// Takes a skill out of the project: first the links to it, then its folder in one step.
  ///
  /// - Returns: Where the folder is now, when it is kept as a backup.
  func remove(
    _ slug: SkillSlug, linkedFrom folders: [String], keepsBackup: Bool
  ) throws(MeshError) -> FilePath? {
    let staging = try root.stage(for: slug)
    var journal = Journal()
    // What is left of it is cleared away by the next run.
    defer { try? staging.discard() }
    do throws(MeshError) {
      for link in try AgentLinks(slug: slug, folders: folders, targets: targets).present(root) {
        try unlink(link, &journal)
      }
      let former = try staging.takeOut(slug)
      journal.note { () throws(MeshError) in
        try former.directory.move(former.name, to: root.directory, slug.rawValue)
      }
      var isKept = keepsBackup
      if !isKept { isKept = try staging.isPrecious(former, slug) }
      let backup = isKept ? try backUp(former, slug, &journal) : nil
      journal.finish()
      return backup?.path
    } catch {
      journal.undo()
      throw error
    }
  }

  private func unlink(_ link: AgentLink, _ journal: inout Journal) throws(MeshError) {
    switch try link.state() {
    case .link(let text):
      try link.folder.removeFile(link.slug.rawValue)
      journal.note { () throws(MeshError) in _ = try link.folder.makeLink(link.slug.rawValue, to: text) }
    case .copy: try putAside(link, &journal)
    case .shared, .missing, .foreign: break
    }
  }
}
