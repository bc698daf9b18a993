import Skills
import SystemPackage

/// Where skills of a project or of a user go: one folder with the real copies, and folders of agents with links to
/// them.
///
/// Making one creates nothing.
package struct InstallTargets: Sendable, Hashable {
  package enum Scope: String, Sendable, Codable {
    case project
    case user
  }

  /// The project, or the home.
  package let base: FilePath
  /// Whether agents get copies also where links could be.
  package let copies: Bool
  /// The chosen ones, in the order of the table.
  package let agents: [Agent]
  /// The folders of the chosen agents without the shared one, sorted; texts as `folder(of:)` gives them.
  package let linkedFolders: [String]
  /// Every text that `linkedFolders` could hold in this scope: a record that names another folder is not believed.
  package let knownFolders: Set<String>
  /// Of the user whose scope it is; nil for a project.
  private let environment: AgentEnvironment?

  /// Skills of a project.
  ///
  /// - Parameter agents: Identifiers; empty for the standard agent.
  /// - Throws: `usage` for an agent that is not known.
  package init(project: FilePath, agents: [String] = [], copies: Bool = false) throws(MeshError) {
    try self.init(base: project, nil, agents, copies)
  }

  /// Skills of a user, for all projects.
  ///
  /// - Parameter agents: Identifiers; empty for the standard agent.
  /// - Throws: `usage` for an agent that is not known, or that reads skills of projects only.
  package init(
    user environment: AgentEnvironment, agents: [String] = [], copies: Bool = false
  ) throws(MeshError) {
    try self.init(base: environment.home, environment, agents, copies)
  }

  private init(
    base: FilePath, _ environment: AgentEnvironment?, _ ids: [String], _ copies: Bool
  ) throws(MeshError) {
    let chosen = try Self.agents(named: ids.isEmpty ? [Agent.standard] : ids, isForUser: environment != nil)
    self.base = base
    self.environment = environment
    self.copies = copies
    agents = chosen
    let folders = chosen.compactMap { Self.folder(of: $0, environment) }
    linkedFolders = Set(folders).subtracting([Agent.sharedFolder]).sorted()
    knownFolders = environment.map(Self.knownFolders) ?? Self.knownProjectFolders
  }
}

extension InstallTargets {
  package var scope: Scope { environment == nil ? .project : .user }

  package var sharedFolder: FilePath { path(of: Agent.sharedFolder) }

  /// Where `skills.json` and `skills.lock` are.
  package var stateFolder: FilePath { scope == .project ? base : base.appending(".agent-mesh") }

  /// A text of `linkedFolders` as a path: an absolute one as it is, others below the base.
  package func path(of folder: String) -> FilePath {
    folder.hasPrefix("/") ? FilePath(folder) : base.appending(FilePath(folder).components)
  }

  /// The folder in which an agent finds skills in this scope: below the base, or absolute where it lies elsewhere.
  ///
  /// The shared folder for an agent that reads it; nil for an agent that has none in this scope.
  package func folder(of agent: Agent) -> String? { Self.folder(of: agent, environment) }

  /// The same scope for other agents.
  ///
  /// - Parameters:
  ///   - agents: Identifiers; empty for the standard agent.
  ///   - copies: Whether they get copies; nil for what holds here.
  /// - Throws: `usage`, as the initializers.
  package func choosing(_ agents: [String], copies: Bool? = nil) throws(MeshError) -> InstallTargets {
    try InstallTargets(base: base, environment, agents, copies ?? self.copies)
  }
}

extension InstallTargets {
  private static let knownProjectFolders = Set(Agent.all.map(\.folder)).subtracting([Agent.sharedFolder])

  private static func knownFolders(in environment: AgentEnvironment) -> Set<String> {
    let agents = Agent.all.filter { !$0.readsSharedUserFolder }
    let folders = agents.flatMap { $0.possibleGlobalFolders(in: environment) }
    return Set(folders.map { text(of: $0, below: environment.home) }).subtracting([Agent.sharedFolder])
  }

  private static func agents(named ids: [String], isForUser: Bool) throws(MeshError) -> [Agent] {
    var wanted: Set<String> = []
    for id in ids {
      let agent = try Agent.named(id)
      guard !isForUser || !agent.isForProjectsOnly else {
        throw MeshError(
          .usage, "\(agent.name) has no skills of a user, only of projects",
          hint: "Leave out '\(agent.id)', or install into a project.")
      }
      wanted.insert(id)
    }
    return Agent.all.filter { wanted.contains($0.id) }
  }

  private static func folder(of agent: Agent, _ environment: AgentEnvironment?) -> String? {
    guard let environment else { return agent.folder }
    if agent.readsSharedUserFolder { return Agent.sharedFolder }
    return agent.globalFolder(in: environment).map { text(of: $0, below: environment.home) }
  }

  private static func text(of path: FilePath, below home: FilePath) -> String {
    var rest = path
    return rest.removePrefix(home) && !rest.isEmpty ? rest.string : path.string
  }
}
