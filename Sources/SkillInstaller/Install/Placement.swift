import Skills
import SystemPackage

/// Moves finished skills into place, links agents to them, takes others out, and writes the two files: all of it or,
/// when something fails, none.
struct Placement: Sendable {
  let root: SkillsRoot
  let targets: InstallTargets

  /// - Returns: The backups that were made, by the folder of the skill.
  func perform(_ change: StagedChange) throws(MeshError) -> [SkillSlug: [String]] {
    var journal = Journal()
    let files = StateFiles(folder: targets.stateFolder)
    let changed = change.files.filter(\.isChange)
    root.lookAgain()
    do throws(MeshError) {
      var prepared: [(skill: StagedSkill, links: [AgentLink])] = []
      for skill in change.skills { prepared.append((skill, try links(of: skill.decision, &journal))) }
      let folder = changed.isEmpty ? nil : try files.open(&journal)
      if let folder { try prepare(changed, in: folder, &journal) }
      let work = try record(change)
      var backups: [SkillSlug: [Entry]] = [:]
      for (skill, links) in prepared { backups[skill.slug] = try put(skill, links, &journal) }
      for removal in change.removals { backups[removal.slug] = try remove(removal, &journal) }
      for dead in change.deadLinks {
        for link in try AgentLinks(slug: dead.slug, folders: dead.folders, targets: targets).present(root) {
          try unlink(link, &journal)
        }
      }
      if let folder {
        for file in changed { try file.swap(in: folder, &journal) }
      }
      if let work { try Transaction.remove(in: work) }
      journal.finish()
      return backups.mapValues { $0.map(\.path.string) }
    } catch {
      // What cannot be taken back now is carried to its end by the next run, which reads the record.
      if journal.undo() { try? root.forgetTransaction() } else { root.leaveToNextRun() }
      throw error
    }
  }

  private func prepare(
    _ files: [FileReplacement], in folder: Directory, _ journal: inout Journal
  ) throws(MeshError) {
    for file in files {
      journal.note { () throws(MeshError) in try FileReplacement.clear(file.name, in: folder) }
      try file.prepare(in: folder)
    }
  }

  /// Writes down what is to come, unless it is nothing.
  private func record(_ change: StagedChange) throws(MeshError) -> Directory? {
    if change.skills.isEmpty, change.removals.isEmpty, !change.files.contains(where: \.isChange) { return nil }
    let work = try root.openWork()
    try change.transaction(in: root, targets).write(in: work)
    return work
  }

  /// The places of the links, looked at once more before anything changes.
  private func links(of decision: Decision, _ journal: inout Journal) throws(MeshError) -> [AgentLink] {
    let places = AgentLinks(slug: decision.skill.folder, folders: decision.plan.links, targets: targets)
    let links = try places.open(root, &journal)
    guard !decision.isForced else { return links }
    for link in links {
      if case .foreign(let what) = try link.state() { throw AgentLinks.conflict(link.entry.path.string, what) }
    }
    return links
  }

  private func put(_ skill: StagedSkill, _ links: [AgentLink], _ journal: inout Journal) throws(MeshError) -> [Entry] {
    var backups: [Entry] = []
    switch skill.content {
    case .folder: backups += try place(skill, &journal)
    case .mark: try replaceMark(skill, &journal)
    case .nothing: break
    }
    for link in links {
      backups += try make(
        link, current: skill.mark.treeDigest, isForced: skill.decision.isForced, copies: targets.copies, &journal)
    }
    return backups
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
    let (staging, slug) = (skill.staging, skill.slug.rawValue)
    let move = { [directory = root.directory] (part: Staging.Part) throws(MeshError) in
      try staging.work.move(staging.entry(part).name, to: directory.child(slug), OwnershipMark.fileName)
    }
    try move(.mark)
    journal.note { () throws(MeshError) in try move(.formerMark) }
  }

  func backUp(_ entry: Entry, _ slug: SkillSlug, _ journal: inout Journal) throws(MeshError) -> Entry {
    let backup = try root.backUp(entry, of: slug)
    journal.note { () throws(MeshError) in try root.restore(backup, to: entry) }
    return backup
  }

  /// Takes a skill out of the project: first the links to it, then its folder in one step.
  ///
  /// - Returns: Where the folder is now, when it is kept as a backup.
  func remove(_ removal: StagedChange.Removal, _ journal: inout Journal) throws(MeshError) -> [Entry] {
    let (staging, slug) = (removal.staging, removal.slug)
    var backups: [Entry] = []
    for link in try AgentLinks(slug: slug, folders: removal.links, targets: targets).present(root) {
      if removal.isForced, case .foreign = try link.state() {
        backups.append(try backUp(link.entry, slug, &journal))
      } else {
        try unlink(link, &journal)
      }
    }
    let former = try staging.takeOut(slug)
    journal.note { () throws(MeshError) in
      try former.directory.move(former.name, to: root.directory, slug.rawValue)
    }
    var isKept = removal.keepsBackup
    if !isKept { isKept = try staging.isPrecious(former, slug) }
    return isKept ? try [backUp(former, slug, &journal)] + backups : backups
  }
}
