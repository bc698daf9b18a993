import Skills

extension Placement {
  /// Makes the place of a link lead to the skill; what was a copy there becomes a copy again.
  ///
  /// - Parameter current: The tree digest that a copy must have.
  /// - Returns: The backup of what stood there.
  func make(
    _ link: AgentLink, current: TreeDigest?, isForced: Bool, copies: Bool, _ journal: inout Journal
  ) throws(MeshError) -> [Entry] {
    var backups: [Entry] = []
    var copies = copies
    switch try link.state() {
    case .shared: return []
    case .link where !copies: return []
    case .link(let text): try removeLink(link, text, &journal)
    case .copy(let digest) where digest == current: return []
    case .copy:
      copies = true
      try putAside(link, &journal)
    // An interrupted run may have come no further than that.
    case .missing: if try FolderCopy(link: link).isPutAside() { copies = true }
    case .foreign(let what):
      guard isForced else { throw AgentLinks.conflict(link.entry.path.string, what) }
      backups.append(try backUp(link.entry, link.slug, &journal))
    }
    if !copies, try link.folder.makeLink(link.slug.rawValue, to: link.text()) {
      journal.note { () throws(MeshError) in try link.folder.removeFile(link.slug.rawValue) }
      return backups
    }
    let copy = FolderCopy(link: link)
    try copy.make()
    journal.note { () throws(MeshError) in try link.folder.removeTree(link.slug.rawValue) }
    journal.later { copy.clear() }
    return backups
  }

  /// Takes away what leads to a skill that goes.
  func unlink(_ link: AgentLink, _ journal: inout Journal) throws(MeshError) {
    switch try link.state() {
    case .link(let text): try removeLink(link, text, &journal)
    case .copy: try putAside(link, &journal)
    case .shared, .missing, .foreign: break
    }
  }

  private func removeLink(_ link: AgentLink, _ text: String, _ journal: inout Journal) throws(MeshError) {
    try link.folder.removeFile(link.slug.rawValue)
    journal.note { () throws(MeshError) in _ = try link.folder.makeLink(link.slug.rawValue, to: text) }
  }

  private func putAside(_ link: AgentLink, _ journal: inout Journal) throws(MeshError) {
    let copy = FolderCopy(link: link)
    try copy.putAside()
    journal.note { () throws(MeshError) in try copy.putBack() }
    journal.later { copy.clear() }
  }
}
