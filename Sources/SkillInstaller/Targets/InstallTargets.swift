import Skills
import SystemPackage

/// Where skills of a project go: one folder with the real copies, and folders with links to them.
package struct InstallTargets: Sendable, Hashable {
  package let project: FilePath
  /// Agents whose folders get links; those that read the shared folder need none.
  package let linked: [Agent]
  /// Whether agents get copies also where links could be.
  package let copies: Bool

  /// - Parameter agents: Identifiers; empty for the standard choice.
  package init(project: FilePath, agents: [String] = [], copies: Bool = false) throws(MeshError) {
    self.project = project
    self.copies = copies
    var chosen: [Agent] = []
    for id in agents.isEmpty ? [Agent.standard] : agents {
      let agent = try Agent.named(id)
      if agent.folder != Agent.sharedFolder, !chosen.contains(where: { $0.folder == agent.folder }) {
        chosen.append(agent)
      }
    }
    linked = chosen
  }

  package var sharedFolder: FilePath { project.appending(Agent.sharedFolder) }

  package func folder(of agent: Agent) -> FilePath { project.appending(agent.folder) }
}
