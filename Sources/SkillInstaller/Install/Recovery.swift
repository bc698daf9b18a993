import Skills

/// Completes or undoes what an interrupted run left in the skills folder.
struct Recovery {
  let root: SkillsRoot
  let targets: InstallTargets

  /// Claims the folder, in which nothing of an interrupted run is left then.
  ///
  /// - Throws: `busy` when another process works in it for too long.
  static func claim(_ targets: InstallTargets, waiting: () -> Void = {}) async throws -> SkillsRoot {
    let root = try await SkillsRoot.claim(targets, waiting: waiting)
    try Recovery(root: root, targets: targets).run()
    return root
  }

  private func run() throws(MeshError) {
    guard try root.directory.kind(of: SkillsRoot.workName) == .directory else { return }
    let work = try root.directory.child(SkillsRoot.workName)
    if let transaction = try Transaction.read(in: work, of: root.directory) {
      try TransactionRun.complete(transaction, in: root, work, targets)
    }
    try clearFiles()
    for folder in targets.knownFolders { try clearCopies(in: folder) }
    var interrupted: [String: SkillSlug] = [:]
    for raw in try work.rawNames() {
      if let owner = String(validating: raw, as: UTF8.self).flatMap(Staging.owner) {
        interrupted[owner.name] = owner.slug
      } else {
        try work.removeTree(raw)
      }
    }
    for (name, slug) in interrupted { try Staging(root: root, work: work, name: name).recover(slug) }
    root.tidy()
  }

  private func clearFiles() throws(MeshError) {
    guard let directory = try Directory.openIfPresent(targets.stateFolder) else { return }
    for name in StateFiles.names { try FileReplacement.clear(name, in: directory) }
  }

  /// Removes copies that were being made for an agent, or had been put aside when the change was over.
  private func clearCopies(in folder: String) throws(MeshError) {
    // What lies outside of the project, or cannot be opened, is not ours to clear.
    guard let agent = try? root.agentFolderInside(folder, targets), !agent.isShared,
      try agent.directory.kind(of: SkillsRoot.workName) == .directory
    else { return }
    let copies = try agent.directory.child(SkillsRoot.workName)
    for name in try copies.rawNames() { try copies.removeTree(name) }
    agent.directory.removeIfEmpty(SkillsRoot.workName)
  }
}
