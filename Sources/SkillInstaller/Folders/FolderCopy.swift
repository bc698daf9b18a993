import Skills

/// A second real folder of a skill with its own record, for file systems without links.
///
/// It is made, and an older one is put aside, in `.agent-mesh/` of the agent's folder, so that it appears in one step.
struct FolderCopy: Sendable {
  let link: AgentLink

  private var new: String { "\(link.slug).new" }
  private var old: String { "\(link.slug).old" }

  /// Copies the skill from the shared folder into the agent's folder.
  func make() throws(MeshError) {
    let work = try emptyWork()
    let source = try link.shared.child(link.slug.rawValue)
    try TreeCopy().copy(source, to: work.newChild(new))
    guard try work.moveNew(new, to: link.folder, link.slug.rawValue) else {
      throw MeshError(.conflict, "'\(link.entry.path)' appeared in the meantime")
    }
  }

  /// Moves the copy that is there into the working folder.
  func putAside() throws(MeshError) {
    let work = try emptyWork()
    try work.removeTree(old)
    try link.folder.move(link.slug.rawValue, to: work, old)
  }

  /// Whether an interrupted run has left the copy out of its place.
  func isPutAside() throws(MeshError) -> Bool {
    guard try link.folder.kind(of: SkillsRoot.workName) == .directory else { return false }
    return try link.folder.child(SkillsRoot.workName).kind(of: old) == .directory
  }

  /// Undoes `putAside()`.
  func putBack() throws(MeshError) {
    try link.folder.child(SkillsRoot.workName).move(old, to: link.folder, link.slug.rawValue)
    clear()
  }

  /// Removes what was put aside, and what an interrupted run left.
  func clear() {
    // What cannot be removed now is tried again by the next copy.
    guard let work = try? link.folder.child(SkillsRoot.workName) else { return }
    for name in [new, old] { try? work.removeTree(name) }
    link.folder.removeIfEmpty(SkillsRoot.workName)
  }

  private func emptyWork() throws(MeshError) -> Directory {
    let work = try link.folder.childOrCreated(SkillsRoot.workName, mode: 0o700)
    try work.removeTree(new)
    return work
  }
}
