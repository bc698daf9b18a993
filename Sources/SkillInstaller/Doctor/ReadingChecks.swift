import FileSystem
import Skills

/// Asks what agents will make of the skills that are there.
struct ReadingChecks {
  /// Of an agent's context, in tokens; some list skills in at most a hundredth of it.
  private static let context = 200_000
  private static let charactersPerToken = 4

  private let examination: Examination
  private let environment: AgentEnvironment
  /// Those that were chosen or are used here.
  private let agents: [Agent]

  init(_ examination: Examination, _ environment: AgentEnvironment) {
    (self.examination, self.environment) = (examination, environment)
    let targets = examination.targets
    let project = targets.scope == .project ? targets.base : nil
    let seen = Set((targets.agents + Agent.used(project: project, in: environment)).map(\.id))
    agents = Agent.all.filter { seen.contains($0.id) }
  }

  func findings() -> [FixableFinding] {
    guard let shared = examination.shared else { return [] }
    return FixableFinding.looking(at: Agent.sharedFolder) { () throws(MeshError) in
      var found: [FixableFinding] = []
      var tokens = 0
      for item in try shared.items.get() where !item.name.hasPrefix(".") {
        found += FixableFinding.looking(at: "\(Agent.sharedFolder)/\(item.name)") { () throws(MeshError) in
          try issues(of: item, in: shared.directory, &tokens)
        }
      }
      return try found + cost(tokens) + shadowed()
    }
  }

  /// - Parameter tokens: Gets what a list of skills takes for this one.
  private func issues(
    of item: FolderListing.Item, in shared: Directory, _ tokens: inout Int
  ) throws(MeshError) -> [FixableFinding] {
    guard let folder = try folder(item, in: shared) else { return [] }
    let (document, issues) = try read(folder, item.name)
    if let document {
      let description = document.description?.unicodeScalars.count ?? 0
      tokens += (description + item.name.unicodeScalars.count + 3) / Self.charactersPerToken
    }
    return issues.compactMap { $0.among(agents) }.map { Self.finding($0, item.name) }
  }

  /// Nil for what is no folder, and for links that lead to none.
  private func folder(_ item: FolderListing.Item, in shared: Directory) throws(MeshError) -> Directory? {
    switch try item.kind.get() {
    case .directory: try shared.child(item.name)
    case .link: try Directory.openIfPresent(shared.path(of: item.name))
    case .file, .other, nil: nil
    }
  }

  private func read(
    _ folder: Directory, _ name: String
  ) throws(MeshError) -> (document: SkillDocument?, issues: [AgentIssue]) {
    let names = try folder.names()
    guard let main = names.first(where: { $0 == "SKILL.md" }) ?? names.first(where: { $0.lowercased() == "skill.md" })
    else {
      return (
        nil, [AgentIssue(.warning, "the folder has no SKILL.md, and is no skill", remedy: "Add one, or move it away")]
      )
    }
    guard let bytes = try folder.read(main, limit: SkillDocument.maximumBytes) else {
      let what: Message = "'\(main)' is no plain file, or too large, and cannot be read"
      return (nil, [AgentIssue(.error, what, remedy: "Put a plain file there")])
    }
    do throws(DocumentRefusal) {
      let document = try SkillDocument(reading: bytes)
      return (document, AgentRequirements.issues(of: document, folder: name, mainFile: main))
    } catch {
      return (nil, AgentRequirements.issues(of: error, folder: name, mainFile: main))
    }
  }

  private static func finding(_ issue: AgentIssue, _ name: String) -> FixableFinding {
    FixableFinding(
      .ignored, issue.severity, at: "\(Agent.sharedFolder)/\(name)", issue.message,
      why: "This concerns \(issue.agents.joined(separator: ", ")).", remedy: issue.remedy)
  }

  private func cost(_ tokens: Int) -> [FixableFinding] {
    let limit = Self.context / 100
    guard tokens > limit else { return [] }
    return [
      FixableFinding(
        .listingCost, .note, at: Agent.sharedFolder,
        "names and descriptions of the skills take about \(tokens) tokens of every conversation",
        why: "Some agents list skills in at most one hundredth of their context, about \(limit) tokens of "
          + "\(Self.context), and leave out descriptions beyond that.",
        remedy: "Remove skills that you do not use, or shorten descriptions")
    ]
  }

  /// Claude Code takes the user's own skill before one of the project that has the same folder name.
  private func shadowed() throws(MeshError) -> [FixableFinding] {
    guard examination.targets.scope == .project,
      let agent = agents.first(where: { $0.id == "claude-code" }),
      let personal = agent.globalFolder(in: environment),
      let own = try Directory.openIfPresent(personal),
      // What cannot be opened is reported where a record says that there is a link in it.
      let project = try? examination.open(agent.folder)?.directory
    else { return [] }
    if try own.identity() == project.identity() { return [] }
    return try project.names().filter { !$0.hasPrefix(".") }.compactMap { name in
      let (mine, theirs) = (Self.document(name, in: own), Self.document(name, in: project))
      guard let mine, let theirs, mine != theirs else { return nil }
      return FixableFinding(
        .shadowed, .warning, at: "\(agent.folder)/\(name)", "\(agent.name) reads your own skill '\(name)' instead",
        why: "There, skills in \(personal) win over those of a project.",
        remedy: "Rename or remove one of the two")
    }
  }

  /// The document of a skill as an agent finds it, links followed.
  private static func document(_ name: String, in folder: Directory) -> FileIdentity? {
    FileStatus(at: folder.path(of: name).appending("SKILL.md"))?.identity
  }
}
