import FileSystem
import Skills
import SystemPackage

/// Which agent of this machine is meant by whoever names none.
struct AgentChoiceByProject {
  typealias Candidate = (alias: String, agent: ConnectedAgent)

  /// By alias.
  let agents: [String: ConnectedAgent]

  /// The agent of a project, of the folder that this one is in, or the only one.
  ///
  /// - Parameter project: As somebody named it; nil for wherever they are.
  /// - Throws: `notFound` where there is none, `usage` for several where nobody can be asked.
  func agent(project: String?, _ mesh: Mesh) throws(MeshError) -> (alias: String?, agent: ConnectedAgent) {
    let candidates = candidates(project)
    guard let first = candidates.first else {
      throw MeshError(
        .notFound, "no agent is connected from here yet",
        hint: "Connect one of yours: agent-mesh connect exec --agent-id <id> -- program")
    }
    if candidates.count == 1 { return (first.alias, first.agent) }
    let listing = candidates.map { $0.alias }.joined(separator: ", ")
    guard mesh.canAsk else {
      throw MeshError(.usage, "several agents are possible: \(listing)", hint: "Choose one with --agent-id.")
    }
    let answer = mesh.ask("Which agent (\(listing))?") ?? ""
    guard let chosen = candidates.first(where: { $0.alias == answer }) else {
      throw MeshError(.declined, "'\(answer, limit: 80)' is none of them")
    }
    return (chosen.alias, chosen.agent)
  }

  private func candidates(_ project: String?) -> [Candidate] {
    let all: [Candidate] = agents.sorted { $0.key < $1.key }.map { (alias: $0.key, agent: $0.value) }
    if let project {
      let folder = FilePath(project).resolved
      return all.filter { folder != nil && Self.folder(of: $0.agent) == folder }
    }
    let here = FilePath.workingDirectory
    let around = all.filter { candidate in Self.folder(of: candidate.agent).map { here.starts(with: $0) } ?? false }
    return around.isEmpty ? all : around
  }

  private static func folder(of agent: ConnectedAgent) -> FilePath? {
    agent.projectPath.flatMap { FilePath($0).resolved }
  }
}
