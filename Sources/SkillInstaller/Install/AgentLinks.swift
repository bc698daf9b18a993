import Skills

/// The links to one skill in the folders of its agents.
struct AgentLinks: Sendable {
  enum Survey {
    case complete
    case incomplete
    /// By something that we did not make.
    case blocked(MeshError)
  }

  let slug: SkillSlug
  /// Relative to the project, each the folder of a known agent.
  let folders: [String]
  let targets: InstallTargets

  /// What stands there.
  ///
  /// - Parameter current: The tree digest that a copy must have.
  func survey(_ root: SkillsRoot, current: TreeDigest?) throws(MeshError) -> Survey {
    var isComplete = true
    for folder in folders {
      switch try root.link(slug, in: folder, targets)?.state() {
      case .shared: continue
      // Who asks for copies gets them in place of links.
      case .link: isComplete = isComplete && !targets.copies
      case .copy(let mark): isComplete = isComplete && mark.treeDigest == current
      case .missing, nil: isComplete = false
      case .foreign(let what): return .blocked(Self.conflict("\(folder)/\(slug)", what))
      }
    }
    return isComplete ? .complete : .incomplete
  }

  /// Opens the folders, creating those that are missing.
  ///
  /// - Parameter made: Gets what was created, also when this fails.
  func open(_ root: SkillsRoot, _ made: inout [Entry]) throws(MeshError) -> [AgentLink] {
    try folders.map { folder throws(MeshError) in
      AgentLink(agentFolder: try root.agentFolder(folder, targets, made: &made), slug: slug)
    }
  }

  /// Those of the folders that are there.
  func present(_ root: SkillsRoot) throws(MeshError) -> [AgentLink] {
    var links: [AgentLink] = []
    for folder in folders {
      if let link = try root.link(slug, in: folder, targets) { links.append(link) }
    }
    return links
  }

  static func conflict(_ path: String, _ what: AgentLink.Obstacle) -> MeshError {
    MeshError(
      .conflict, "'\(path)' is \(what)",
      hint: "Move it away, or replace it with --force; it is then kept as a backup.")
  }
}
