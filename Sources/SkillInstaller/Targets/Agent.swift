import FileSystem
import SystemPackage

/// A program that reads skills from a folder of its own, or from the one that many share.
package struct Agent: Sendable, Hashable {
  package let id: String
  package let name: String
  /// Relative to the project.
  package let folder: String
  /// The folder of a user as the table writes it, with alternatives between bars; nil for an agent of projects only.
  let userFolder: String?
  /// How its use shows, as the table writes it; nil when nothing tells.
  let signs: String?
  /// Whether `~/.agents/skills` is among the folders of a user that it reads, so that it needs no link there.
  ///
  /// True where the table names that folder, and for agents that read it beside the one that the table names.
  package let readsSharedUserFolder: Bool
  /// Whether its folder may be created in a project that does not have the agent's own folder yet.
  package let createsProjectFolder: Bool

  init(
    _ id: String, _ name: String, _ folder: String, _ userFolder: String?, _ signs: String?,
    readsSharedUserFolder: Bool = false, createsProjectFolder: Bool = false
  ) {
    self.id = id
    self.name = name
    self.folder = folder
    self.userFolder = userFolder
    self.signs = signs
    self.readsSharedUserFolder = readsSharedUserFolder || userFolder == "~/" + Self.sharedFolder
    self.createsProjectFolder = createsProjectFolder
  }

  /// The folder that holds the one real copy of every skill, below a project and below a home.
  package static let sharedFolder = ".agents/skills"

  /// The agent that is linked when none is named.
  package static let standard = "claude-code"

  /// Whether it reads the shared folder of a project, so that it needs no link there.
  package var readsSharedFolder: Bool { folder == Self.sharedFolder }

  /// Whether it has no folder of a user.
  package var isForProjectsOnly: Bool { userFolder == nil }
}

extension Agent {
  /// The folder of a user that the agent calls its own: of several the first that exists, else the first.
  ///
  /// An agent that reads the shared folder may have one too. Nil for an agent of projects only.
  package func globalFolder(in environment: AgentEnvironment) -> FilePath? {
    let paths = globalPaths.compactMap { $0.path(in: environment) }
    return paths.first { FileStatus(at: $0) != nil } ?? paths.first
  }

  /// Every folder that `globalFolder(in:)` could be, whatever exists, and with a variable set or not.
  func possibleGlobalFolders(in environment: AgentEnvironment) -> [FilePath] {
    globalPaths.flatMap { $0.paths(in: environment) }
  }

  /// What shows that the agent is used in a project or on the machine; empty when nothing does.
  ///
  /// Looks whether things exist, and reads nothing but the project's `package.json`, up to 1 MiB of it.
  package func evidence(project: FilePath?, in environment: AgentEnvironment) -> [AgentEvidence] {
    signs.flatMap(AgentSigns.init)?.evidence(project: project, in: environment) ?? []
  }

  /// The agents that are used in a project or on the machine, in the order of the table.
  package static func used(project: FilePath?, in environment: AgentEnvironment) -> [Agent] {
    all.filter { agent in
      !agent.evidence(project: project, in: environment).isEmpty || project.map(agent.hasOwnRoot) == true
    }
  }

  /// Those of them that links are made for when nobody names them.
  ///
  /// A project gets no folder of an agent that it does not have yet, unless the agent's own habit is to create it.
  package static func detected(project: FilePath?, in environment: AgentEnvironment) -> [Agent] {
    used(project: project, in: environment).filter { agent in
      guard let project else { return true }
      return agent.readsSharedFolder || agent.createsProjectFolder || agent.hasRoot(in: project)
    }
  }

  /// As `hasRoot`, for a folder that is there for no other agent and no other reason.
  private func hasOwnRoot(in project: FilePath) -> Bool {
    folder.hasPrefix(".") && Self.all.count { $0.folder == folder } == 1 && hasRoot(in: project)
  }

  /// Whether the folder in which an agent keeps all that is its own is there: `.x` for `.x/skills`.
  private func hasRoot(in project: FilePath) -> Bool {
    let components = FilePath(folder).components
    let root = components.count > 1 ? components.dropLast() : components.dropLast(0)
    return FileStatus(at: project.appending(root))?.kind == .directory
  }

  private var globalPaths: [AgentPath] {
    AgentSigns.alternatives(userFolder ?? "").compactMap(AgentPath.init)
  }
}
