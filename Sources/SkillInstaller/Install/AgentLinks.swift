import Skills

/// The places of one skill in the folders of its agents.
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

  /// What stands there, seen from a shared folder that may be yet to come.
  ///
  /// - Parameter current: The tree digest that a copy must have.
  func survey(_ root: SkillsRoot?, current: TreeDigest?) throws(MeshError) -> Survey {
    var isComplete = true
    for folder in folders {
      switch try state(in: folder, root) {
      case .shared, .link: continue
      case .copy(let digest): isComplete = isComplete && digest == current
      case .missing: isComplete = false
      case .foreign(let what): return .blocked(Self.conflict("\(folder)/\(slug)", what))
      }
    }
    return isComplete ? .complete : .incomplete
  }

  /// Opens the folders, creating those that are missing.
  func open(_ root: SkillsRoot, _ journal: inout Journal) throws(MeshError) -> [AgentLink] {
    var links: [AgentLink] = []
    for folder in folders {
      var made: [Entry] = []
      defer {
        for entry in made {
          journal.note { entry.directory.removeIfEmpty(entry.name) }
        }
      }
      links.append(AgentLink(place: try root.agentFolder(folder, targets, made: &made), slug: slug))
    }
    return links
  }

  /// Those of the folders that are there.
  func present(_ root: SkillsRoot) throws(MeshError) -> [AgentLink] {
    var links: [AgentLink] = []
    for folder in folders {
      guard let place = try root.agentFolder(folder, targets) else { continue }
      links.append(AgentLink(place: place, slug: slug))
    }
    return links
  }

  static func conflict(_ place: String, _ what: String) -> MeshError {
    MeshError(
      .conflict, "'\(place)' is \(TerminalText.escaped(what, limit: 300))",
      hint: "Move it away, or replace it with --force; it is then kept as a backup.")
  }

  private func state(in folder: String, _ root: SkillsRoot?) throws(MeshError) -> AgentLink.State {
    if let root {
      guard let place = try root.agentFolder(folder, targets) else { return .missing }
      return try AgentLink(place: place, slug: slug).state()
    }
    switch try targets.open(folder)?.directory.kind(of: slug.rawValue) {
    case nil: return .missing
    // Where it should lead is only known once there is a shared folder.
    case .link: return .missing
    case .directory: return .foreign("a folder that agent-mesh did not create")
    case .file, .other: return .foreign("a file")
    }
  }
}
