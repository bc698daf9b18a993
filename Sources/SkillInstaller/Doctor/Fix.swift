import Skills

/// What `doctor --fix` does about one finding.
enum Fix: Sendable, Hashable {
  /// By claiming the skills folder, which completes or undoes interrupted runs.
  case recovery
  case clearing(Link)
  case unlinking(Link)
  case linking(Link, copies: Bool)
  /// By making the record say what the lock says of the same files.
  case recording(LockedSkill)

  /// The entry of a skill in the folder of an agent.
  struct Link: Sendable, Hashable {
    /// A text of `InstallTargets.knownFolders`.
    let folder: String
    let slug: SkillSlug

    var text: String { "\(folder)/\(slug)" }
  }
}

extension Fix {
  /// Carries it out, under the lock of the skills folder.
  ///
  /// It looks again first: what is there now may be somebody's work.
  func perform(in root: SkillsRoot, _ targets: InstallTargets) throws(MeshError) {
    switch self {
    // Claiming the folder has done it.
    case .recovery: return
    case .clearing(let link):
      if let link = try root.link(link.slug, in: link.folder, targets) { try Self.clear(link) }
    case .unlinking(let link):
      if let link = try root.link(link.slug, in: link.folder, targets) { try Self.unlink(link) }
    case .linking(let link, let copies):
      try TransactionRun.relink(link.slug, in: link.folder, copies: copies || targets.copies, root, targets)
    case .recording(let skill): try RecordUpdate(root: root, targets: targets).perform(skill)
    }
  }

  /// A copy that was put aside comes back when nothing has taken its place.
  private static func clear(_ link: AgentLink) throws(MeshError) {
    let copy = FolderCopy(link: link)
    if try link.state() == .missing, try copy.isPutAside() { return try copy.putBack() }
    copy.clear()
  }

  private static func unlink(_ link: AgentLink) throws(MeshError) {
    guard case .link = try link.state(), link.folder.identity(of: link.slug.rawValue) == nil else { return }
    try link.folder.removeFile(link.slug.rawValue)
  }
}
