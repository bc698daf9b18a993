import FileSystem
import SystemPackage

/// How an agent stands to a project or to a user: a line of `skills targets`.
package struct TargetStatus: Sendable, Hashable, Encodable {
  package let id: String
  package let name: String
  /// In which it finds skills: below the project or the home, or absolute; nil when it has none in this scope.
  package let folder: String?
  /// Whether that folder is there.
  package let folderExists: Bool
  /// Whether that folder is the shared one, which needs no links.
  package let readsSharedFolder: Bool
  package let isChosen: Bool
  package let isDetected: Bool
  /// What shows that it is used; empty when it is not detected.
  package let detectedBy: [AgentEvidence]

  /// Every agent, in the order of the table.
  ///
  /// - Parameters:
  ///   - targets: the scope, and the choice.
  ///   - project: where signs of use are looked for, beside the machine; nil outside of any project.
  package static func all(
    in targets: InstallTargets, project: FilePath?, _ environment: AgentEnvironment
  ) -> [TargetStatus] {
    let chosen = Set(targets.agents.map(\.id))
    return Agent.all.map { agent in
      let folder = targets.folder(of: agent)
      let evidence = agent.evidence(project: project, in: environment)
      return TargetStatus(
        id: agent.id, name: agent.name, folder: folder,
        folderExists: folder.map { FileStatus(at: targets.path(of: $0))?.kind == .directory } ?? false,
        readsSharedFolder: folder == Agent.sharedFolder, isChosen: chosen.contains(agent.id),
        isDetected: !evidence.isEmpty, detectedBy: evidence)
    }
  }
}
