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
      switch try state(in: folder, root) {
      case .shared, .link: continue
      case .copy(let mark): isComplete = isComplete && mark.treeDigest == current
      case .missing: isComplete = false
      case .foreign(let what): return .blocked(Self.conflict("\(folder)/\(slug)", what))
      }
    }
    return isComplete ? .complete : .incomplete
  }

  /// Opens the folders, creating those that are missing.
  ///
  /// - Parameter made: Gets what was created, also when this fails.
  func open(_ root: SkillsRoot, _ made: inout [Entry]) throws(MeshError) -> [AgentLink] {
    var links: [AgentLink] = []
    for folder in folders {
      links.append(AgentLink(agentFolder: try root.agentFolder(folder, targets, made: &made), slug: slug))
    }
    return links
  }

  /// Those of the folders that are there.
  func present(_ root: SkillsRoot) throws(MeshError) -> [AgentLink] {
    var links: [AgentLink] = []
    for folder in folders {
      guard let agentFolder = try root.agentFolder(folder, targets) else { continue }
      links.append(AgentLink(agentFolder: agentFolder, slug: slug))
    }
    return links
  }

  static func conflict(_ path: String, _ what: AgentLink.Obstacle) -> MeshError {
    MeshError(
      .conflict, "'\(path)' is \(what)",
      hint: "Move it away, or replace it with --force; it is then kept as a backup.")
  }

  private func state(in folder: String, _ root: SkillsRoot) throws(MeshError) -> AgentLink.State {
    guard let agentFolder = try root.agentFolder(folder, targets) else { return .missing }
    return try AgentLink(agentFolder: agentFolder, slug: slug).state()
  }
}
