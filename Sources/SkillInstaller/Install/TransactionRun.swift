import Skills

/// Takes the steps of a transaction, all of them or none: moves skills into place, links agents to them, takes others
/// out, and writes the two files.
///
/// Every step looks first at whether it has been taken, so that the same steps complete what an interrupted run left.
struct TransactionRun {
  let root: SkillsRoot
  let targets: InstallTargets
  private let files: StateFiles
  /// Whether an earlier run has written the transaction down.
  private let isResumed: Bool
  private var log = UndoLog()
  private var replacements: [FileReplacement] = []
  private var backups: [SkillSlug: [Entry]] = [:]

  private init(_ root: SkillsRoot, _ targets: InstallTargets, isResumed: Bool) {
    self.root = root
    self.targets = targets
    self.isResumed = isResumed
    files = StateFiles(folder: targets.stateFolder)
  }

  /// - Returns: The backups that were made, by the folder of the skill.
  static func perform(
    _ change: StagedChange, in root: SkillsRoot, _ targets: InstallTargets
  ) throws(MeshError) -> [SkillSlug: [String]] {
    var run = TransactionRun(root, targets, isResumed: false)
    root.lookAgain()
    do throws(MeshError) {
      try run.prepare(change)
      let transaction = try change.transaction(in: root, targets)
      if transaction.isEmpty { return [:] }
      let work = try root.openWork()
      try transaction.write(in: work)
      try run.take(transaction, in: work)
      try Transaction.remove(in: work)
      run.log.finish()
      return run.backups.mapValues { $0.map(\.path.string) }
    } catch {
      // What cannot be undone now is carried to its end by the next run, which reads the record.
      if run.log.undo(in: root) { try? forget(in: root) } else { root.leaveToNextRun() }
      throw error
    }
  }

  /// What was written down has been undone.
  private static func forget(in root: SkillsRoot) throws(MeshError) {
    guard try root.directory.kind(of: SkillsRoot.workName) == .directory else { return }
    try Transaction.remove(in: root.directory.child(SkillsRoot.workName))
  }

  /// Carries what an interrupted run has written down to its end.
  static func complete(
    _ transaction: Transaction, in root: SkillsRoot, _ work: Directory, _ targets: InstallTargets
  ) throws(MeshError) {
    try transaction.refuseOtherState(targets)
    var run = TransactionRun(root, targets, isResumed: true)
    for file in transaction.files {
      if let replacement = try FileReplacement(completing: file, in: run.files) { run.replacements.append(replacement) }
    }
    try run.take(transaction, in: work)
    try Transaction.remove(in: work)
    run.log.finish()
  }

  /// Makes the entry of a skill in the folder of an agent lead to it again; what is not ours stays.
  static func relink(
    _ slug: SkillSlug, in folder: String, copies: Bool, _ root: SkillsRoot, _ targets: InstallTargets
  ) throws(MeshError) {
    var run = TransactionRun(root, targets, isResumed: true)
    let step = Transaction.Step(
      kind: .mark, slug: slug.rawValue, staging: "", links: [folder], isForced: false, makesCopies: copies)
    do throws(MeshError) {
      try run.link(slug, step)
      run.log.finish()
    } catch {
      _ = run.log.undo(in: root)
      throw error
    }
  }

  // MARK: - Before the record stands

  /// Opens the folders of agents, and writes the new files beside the old ones.
  private mutating func prepare(_ change: StagedChange) throws(MeshError) {
    for skill in change.skills {
      let decision = skill.decision
      for link in try links(skill.slug, decision.step.links) where !decision.isForced {
        if case .foreign(let what) = try link.state() { throw AgentLinks.conflict(link.entry.path.string, what) }
      }
    }
    replacements = change.files.filter(\.isChange)
    if replacements.isEmpty { return }
    let folder = try openFiles()
    for file in replacements {
      log.note(.prepared(file, folder))
      try file.prepare(in: folder)
    }
  }

  private mutating func openFiles() throws(MeshError) -> Directory {
    var made: [Entry] = []
    defer { for entry in made { log.note(.made(entry)) } }
    return try Directory.openOrCreate(files.folder, made: &made)
  }

  /// Those in folders of agents that we know, made where they are missing.
  private mutating func links(_ slug: SkillSlug, _ folders: [String]) throws(MeshError) -> [AgentLink] {
    var made: [Entry] = []
    defer { for entry in made { log.note(.made(entry)) } }
    return try AgentLinks(slug: slug, folders: known(folders), targets: targets).open(root, &made)
  }

  private func known(_ folders: [String]) -> [String] { folders.filter(targets.knownFolders.contains) }

  // MARK: - The steps

  private mutating func take(_ transaction: Transaction, in work: Directory) throws(MeshError) {
    for step in transaction.steps {
      guard let (slug, name) = step.checked else { continue }
      let staging = Staging(root: root, work: work, name: name)
      switch step.kind {
      case .place: try place(slug, step, staging)
      case .mark: try replaceMark(slug, staging)
      case .remove: try remove(slug, step, staging)
      }
      if step.kind != .remove { try link(slug, step) }
    }
    try writeFiles()
  }

  private mutating func place(_ slug: SkillSlug, _ step: Transaction.Step, _ staging: Staging) throws(MeshError) {
    // A skill that was placed is no longer staged.
    guard let identity = step.identity, staging.work.fingerprint(of: staging.entry(.skill).name) == identity else {
      return
    }
    if isResumed { try staging.work.removeFile(staging.entry(.keep).name) }
    if !isResumed, step.needsFreePlace == true {
      try staging.place(slug)
      log.note(.placed(staging, slug, former: nil))
      return
    }
    let former = try staging.replace(slug)
    log.note(.placed(staging, slug, former: former))
    if let former { try keep(former, slug, step) }
  }

  /// Looked at once more: somebody may have worked in it since the decision.
  private mutating func keep(_ former: Entry, _ slug: SkillSlug, _ step: Transaction.Step) throws(MeshError) {
    if step.keepsBackup != true, try !Staging.isModified(former, slug) { return }
    try backUp(former, slug)
  }

  private mutating func backUp(_ entry: Entry, _ slug: SkillSlug) throws(MeshError) {
    let backup = try root.backUp(entry, of: slug)
    log.note(.backedUp(backup, from: entry))
    backups[slug, default: []].append(backup)
  }

  private mutating func replaceMark(_ slug: SkillSlug, _ staging: Staging) throws(MeshError) {
    guard try staging.kind(of: .mark) == .file, try root.directory.kind(of: slug.rawValue) == .directory else { return }
    let mark = Entry(directory: try root.directory.child(slug.rawValue), name: OwnershipMark.fileName)
    let new = staging.entry(.mark)
    try new.directory.move(new.name, to: mark.directory, mark.name)
    log.note(.moved(staging.entry(.formerMark), from: mark))
  }

  /// Takes a skill out of the project: first the links to it, then its folder in one step.
  private mutating func remove(_ slug: SkillSlug, _ step: Transaction.Step, _ staging: Staging) throws(MeshError) {
    let now = root.directory.fingerprint(of: slug.rawValue)
    guard now == nil || now == step.identity else {
      if isResumed { return }
      throw MeshError(
        .conflict, "'\(root.directory.path(of: slug.rawValue))' was changed in the meantime",
        hint: "Look at it, and try again.")
    }
    for link in try AgentLinks(slug: slug, folders: known(step.links), targets: targets).present(root) {
      // A link that leads elsewhere is nobody's edit of ours, and stays.
      if step.isForced, case .foreign(.editedCopy) = try link.state() {
        try backUp(link.entry, slug)
      } else {
        try unlink(link)
      }
    }
    if now == nil { return }
    let former = try staging.takeOut(slug)
    log.note(.moved(former, from: Entry(directory: root.directory, name: slug.rawValue)))
    try keep(former, slug, step)
  }

  private mutating func writeFiles() throws(MeshError) {
    if replacements.isEmpty { return }
    let folder = try openFiles()
    for file in replacements {
      if isResumed { try file.prepare(in: folder) }
      try file.swap(in: folder, &log)
    }
  }

  // MARK: - Links

  private mutating func link(_ slug: SkillSlug, _ step: Transaction.Step) throws(MeshError) {
    guard try root.directory.kind(of: slug.rawValue) == .directory else { return }
    for link in try links(slug, step.links) { try make(link, step) }
  }

  /// Makes the entry of an agent lead to the skill: a link, or again a copy where a copy was.
  private mutating func make(_ link: AgentLink, _ step: Transaction.Step) throws(MeshError) {
    var copies = step.makesCopies
    switch try link.state() {
    case .shared: return
    case .link where !copies: return
    case .link(let text): try removeLink(link, text)
    case .copy(let mark):
      if try mark.treeDigest == treeDigest(of: link.slug) { return }
      copies = true
      try putAside(link)
    // An interrupted run may have come no further than that.
    case .missing: if try FolderCopy(link: link).isPutAside() { copies = true }
    case .foreign(let what):
      guard step.isForced else {
        if isResumed { return }
        throw AgentLinks.conflict(link.entry.path.string, what)
      }
      try backUp(link.entry, link.slug)
    }
    if !copies, try link.folder.makeLink(link.slug.rawValue, to: link.text()) { return log.note(.linked(link)) }
    try FolderCopy(link: link).make()
    log.note(.copied(link))
  }

  /// What a copy must have, by the record of the installed skill.
  private func treeDigest(of slug: SkillSlug) throws(MeshError) -> TreeDigest? {
    try OwnershipMark.read(in: root.directory.child(slug.rawValue), of: slug, knowing: targets.knownFolders)?.treeDigest
  }

  /// Takes away what leads to a skill that goes.
  private mutating func unlink(_ link: AgentLink) throws(MeshError) {
    switch try link.state() {
    case .link(let text): try removeLink(link, text)
    case .copy: try putAside(link)
    case .shared, .missing, .foreign: break
    }
  }

  private mutating func removeLink(_ link: AgentLink, _ text: String) throws(MeshError) {
    try link.folder.removeFile(link.slug.rawValue)
    log.note(.unlinked(link, text: text))
  }

  private mutating func putAside(_ link: AgentLink) throws(MeshError) {
    try FolderCopy(link: link).putAside()
    log.note(.copyPutAside(link))
  }
}
