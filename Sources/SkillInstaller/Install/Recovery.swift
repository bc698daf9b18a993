import Skills

/// Carries a change that was written down, and then interrupted, to its end.
///
/// Every step looks first at whether it has been taken.
struct Recovery: Sendable {
  let root: SkillsRoot
  let targets: InstallTargets
  let work: Directory

  func perform(_ transaction: Transaction) throws(MeshError) {
    for step in transaction.steps {
      guard let (slug, name) = step.checked else { continue }
      let staging = Staging(root: root, work: work, name: name)
      switch step.kind {
      case .place: try place(slug, step, staging)
      case .mark: try mark(slug, staging)
      case .remove: try remove(slug, step, staging)
      }
      if step.kind != .remove { try link(slug, step) }
    }
    try StateFiles(folder: targets.stateFolder).redo(transaction.files)
  }

  private func place(_ slug: SkillSlug, _ step: Transaction.Step, _ staging: Staging) throws(MeshError) {
    // What has come to its place is no longer staged.
    guard let identity = step.identity,
      work.fingerprint(of: staging.entry(.skill).name) == identity
    else { return }
    try work.removeFile(staging.entry(.keep).name)
    guard let former = try staging.replace(slug), try staging.isPrecious(former, slug) else { return }
    _ = try root.backUp(former, of: slug)
  }

  private func mark(_ slug: SkillSlug, _ staging: Staging) throws(MeshError) {
    guard try staging.kind(of: .mark) == .file,
      try root.directory.kind(of: slug.rawValue) == .directory
    else { return }
    let folder = try root.directory.child(slug.rawValue)
    try work.move(staging.entry(.mark).name, to: folder, OwnershipMark.fileName)
  }

  private func link(_ slug: SkillSlug, _ step: Transaction.Step) throws(MeshError) {
    guard try root.directory.kind(of: slug.rawValue) == .directory else { return }
    let digest = try OwnershipMark.read(
      in: root.directory.child(slug.rawValue), of: slug, knowing: targets.knownFolders)?.treeDigest
    var journal = Journal()
    for link in try AgentLinks(slug: slug, folders: known(step.links), targets: targets).open(root, &journal) {
      if case .foreign = try link.state(), !step.isForced { continue }
      _ = try Placement(root: root, targets: targets)
        .make(link, current: digest, isForced: step.isForced, copies: step.makesCopies, &journal)
    }
    journal.finish()
    for link in try AgentLinks(slug: slug, folders: known(step.links), targets: targets).present(root) {
      FolderCopy(link: link).clear()
    }
  }

  private func remove(_ slug: SkillSlug, _ step: Transaction.Step, _ staging: Staging) throws(MeshError) {
    guard let identity = step.identity else { return }
    let now = root.directory.fingerprint(of: slug.rawValue)
    guard now == nil || now == identity else { return }
    var journal = Journal()
    for link in try AgentLinks(slug: slug, folders: known(step.links), targets: targets).present(root) {
      try Placement(root: root, targets: targets).unlink(link, &journal)
    }
    journal.finish()
    guard now == identity else { return }
    try work.removeFile(staging.entry(.keep).name)
    let former = try staging.takeOut(slug)
    if try staging.isPrecious(former, slug) { _ = try root.backUp(former, of: slug) }
  }

  private func known(_ folders: [String]) -> [String] { folders.filter(targets.knownFolders.contains) }
}
