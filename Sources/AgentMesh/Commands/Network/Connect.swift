import AgentNetwork
import AgentRuntimes
import ArgumentParser
import BridgeProtocol
import FileSystem
import FoundationSubset
import HTTPTransport
import RegistryClient
import SkillInstaller
import Skills
import SystemPackage

/// `connect`: bring an agent online, and keep it there.
struct Connect: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect",
    abstract: "Connect an agent of yours, so that it can be called from anywhere.",
    discussion: """
      A program of this machine answers: it gets each message as a line of JSON on stdin and writes events as lines of \
      JSON, or with --plain text for text. It works in the folder of the project, and gets none of your tokens.

        agent-mesh connect exec --agent-id <id> -- python3 answer.py
        agent-mesh connect exec --plain --setup https://registry.example/api/connect/ct_… -- ./answer.sh
        agent-mesh connect                     # again, in the same project

      There is no sandbox yet: the agent serves you, and answers others that it cannot. With --no-sandbox it serves \
      everybody who may call it, and what they write reaches your program.

      The agent announces the skills of its registry that are installed in the project as they were locked. It stays \
      in the foreground until it is stopped with Ctrl-C, which ends what it works on with an error to the callers and \
      exits with 0.
      """)

  @Argument(help: "The kind of program; so far: exec.")
  var type: String?

  @Option(help: ArgumentHelp("The link of a ticket, as the page of the agent shows it.", valueName: "url"))
  var setup: String?

  @Option(help: ArgumentHelp("The agent: its UUID, its name, or its alias on this machine.", valueName: "agent"))
  var agentId: String?

  @Option(help: ProjectOptions.help, completion: .directory)
  var project: String?

  @Option(help: ArgumentHelp("The bridge, when it is not that of the registry.", valueName: "url"))
  var bridgeUrl: String?

  @Flag(help: "The program reads and writes text.")
  var plain = false

  @Flag(inversion: .prefixedNo, help: "Serve others only from a sandbox.")
  var sandbox: Bool?

  @Flag(help: "Stay in the foreground, as it does anyway.")
  var foreground = false

  @Option(
    help: ArgumentHelp("A skill without which the agent does not go online. May be repeated.", valueName: "skill"))
  var requireSkill: [String] = []

  @Flag(help: "Install what skills.lock says first.")
  var syncSkills = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  @Argument(parsing: .postTerminator, help: "The program and its arguments, behind --.")
  var command: [String] = []

  static let speaksJSONIntoPipes = false
  static let interruptionGrace = 20

  /// The kinds of programs that can be connected.
  static let types = ["exec"]
  static var typeList: String { types.joined(separator: ", ") }

  func validate() throws {
    if let type, !Self.types.contains(type) {
      throw ValidationError(
        "'\(type)' is no kind of program; there is: \(Self.typeList). The program itself goes behind --")
    }
    if setup != nil, agentId != nil { throw ValidationError("--setup and --agent-id exclude each other") }
    if plain, command.isEmpty { throw ValidationError("--plain goes with a program, behind --") }
  }

  func run(in mesh: Mesh) async throws -> ConnectReport {
    let required = try requireSkill.map { try SkillReference(parsing: $0) }
    var (alias, agent) = try await selection(mesh)
    let folder = try projectFolder(of: agent, mesh)
    try complete(&agent, folder)
    let runner = try runner(for: agent, folder, mesh)
    let skills = ProjectSkills(targets: try InstallTargets(project: folder), origin: try origin(of: agent, mesh))
    if syncSkills { try await synchronize(folder, mesh) }
    try skills.require(required)
    let carried = try skills.carried()
    let name = alias ?? folder.lastComponent?.string ?? "agent"
    let connection = try connection(of: agent, runner, skills, mesh) { [agent] in
      Self.keep(agent, named: name, mesh)
    }
    mesh.talk.info("Connecting; it stays in the foreground until Ctrl-C.")
    try await connection.run(announcing: carried)
    alias = try mesh.settings.read().connectedAgent(id: agent.agentId)?.alias
    return ConnectReport(agentId: agent.agentId, alias: alias)
  }

  // MARK: - What is connected

  private func selection(_ mesh: Mesh) async throws -> (alias: String?, agent: ConnectedAgent) {
    if let setup { return try await redeem(TicketLink(parsing: setup), mesh) }
    let settings = try mesh.settings.read()
    let choice = AgentChoiceByProject(agents: settings.connectedAgents)
    if let agentId { return try await named(agentId, choice, mesh) }
    return try choice.agent(project: project, mesh)
  }

  private func named(
    _ reference: String, _ choice: AgentChoiceByProject, _ mesh: Mesh
  ) async throws -> (alias: String?, agent: ConnectedAgent) {
    if let known = choice.agents[reference] { return (reference, known) }
    let id = try await mesh.agentID(reference, at: mesh.registry(registry))
    if let known = choice.agents.first(where: { $0.value.agentId == id }) { return (known.key, known.value) }
    let bridge = try BridgeAddress(ofRegistry: mesh.address(registry).text)
    return (nil, ConnectedAgent(agentId: id, agentType: "exec", bridgeUrl: bridge.description, addedAt: Date()))
  }

  /// The folder in which the program works: that of the option, of the entry, or the project of this folder.
  private func projectFolder(of agent: ConnectedAgent, _ mesh: Mesh) throws -> FilePath {
    let named = project ?? agent.projectPath ?? Project.folder(nil, mesh.userEnvironment)
    guard Project.isFolder(named), let folder = FilePath(named).resolved else {
      throw MeshError(
        .notFound, "the folder '\(named)' of the agent is not there", hint: "Name another one with --project.")
    }
    return folder
  }

  /// Puts what the command line says into the entry.
  private func complete(_ agent: inout ConnectedAgent, _ folder: FilePath) throws {
    if !command.isEmpty {
      agent.command = command
      agent.isPlain = plain
    }
    if let bridgeUrl { agent.bridgeUrl = try BridgeAddress(parsing: bridgeUrl).description }
    if project != nil || agent.projectPath == nil { agent.projectPath = folder.string }
    if let sandbox { agent.sandbox = sandbox }
    guard !agent.command.isEmpty else {
      throw MeshError(
        .usage, "nothing says which program answers for the agent",
        hint: "Name it behind --: agent-mesh connect exec --agent-id \(agent.agentId) -- program")
    }
  }

  /// Where the registry of the agent is: with a ticket, at its bridge.
  private func origin(of agent: ConnectedAgent, _ mesh: Mesh) throws -> Origin {
    guard agent.token != nil, let bridge = agent.bridgeUrl else { return try mesh.address(registry).origin }
    return try BridgeAddress(parsing: bridge).origin
  }

  private func runner(for agent: ConnectedAgent, _ folder: FilePath, _ mesh: Mesh) throws -> RuntimeRunner {
    let variables = RuntimeEnvironment.variables(from: mesh.environment, agentID: agent.agentId)
    let format: ExecRuntime.Format = agent.isPlain ? .text : .events
    guard
      let runtime = ExecRuntime(command: agent.command, format: format, folder: folder, environment: variables)
    else {
      throw MeshError(
        .configurationError, "there is no program '\(agent.command.first ?? "")'",
        hint: "A name is looked for in PATH; write ./name for one in '\(folder)'.")
    }
    if agent.sandbox == false {
      mesh.talk.warn("without a sandbox, what others write reaches a program that may do all that you may")
    }
    return RuntimeRunner(runtime: runtime, servesStrangers: agent.sandbox == false)
  }

  private func synchronize(_ folder: FilePath, _ mesh: Mesh) async throws {
    let network = try NetworkOptions.parse(registry.registry.map { ["--registry", $0] } ?? [])
    var options = InstallOptions()
    options.reviews = false
    let place = try mesh.workplace(folder.string, ScopeOption.parse([]), network)
    _ = try await mesh.carryOut(.install(isFrozen: true), at: place, options, dryRun: false, agreed: true)
  }

  // MARK: - The link

  private func connection(
    of agent: ConnectedAgent, _ runner: RuntimeRunner, _ skills: ProjectSkills, _ mesh: Mesh,
    whenOnline: @escaping @Sendable () -> Void
  ) throws -> AgentConnection {
    // The journal is in a folder of that name.
    guard UUID(uuidString: agent.agentId) != nil else {
      throw MeshError(
        .configurationError, "'\(agent.agentId, limit: 80)' is no id of an agent",
        hint: "An agent has a UUID; check the registry and the entry of the agent.")
    }
    let address = try mesh.address(registry)
    let bridge = try agent.bridgeUrl.map { try BridgeAddress(parsing: $0) } ?? BridgeAddress(ofRegistry: address.text)
    try mesh.checkEncryption(of: bridge)
    let journal = try LinkJournal(folder: FilePath(mesh.settings.folder).appending("links").appending(agent.agentId))
    let (news, continuation) = AsyncStream<LinkNews>.makeStream(bufferingPolicy: .bufferingNewest(256))
    let identity = LinkState.Identity(
      agentId: agent.agentId, token: try token(of: agent, for: bridge, address, mesh), agentType: agent.agentType,
      instanceId: UUID().uuidString.lowercased())
    let limits = try mesh.settings.read().limits
    let link = try AgentLink(
      transport: mesh.transport, bridge: bridge, identity: identity, journal: journal,
      limits: RunQueue.Limits(
        active: limits.maxActiveRequests, waiting: limits.queueMaxLength,
        wait: .milliseconds(limits.queueWaitTimeoutMilliseconds)),
      runner: runner
    ) { continuation.yield($0) }
    return AgentConnection(link: link, news: news, skills: skills, talk: mesh.talk, whenOnline: whenOnline)
  }

  /// That of the environment for bridges, of the agent alone, or of the account, which goes to its registry alone.
  private func token(
    of agent: ConnectedAgent, for bridge: BridgeAddress, _ address: RegistryAddress, _ mesh: Mesh
  ) throws -> String {
    if let token = mesh.environment["AGENT_BRIDGE_TOKEN"], !token.isEmpty { return token }
    if let token = agent.token { return token }
    guard bridge.origin == address.origin else {
      throw MeshError(
        .unauthorized, "the bridge \(bridge) is not that of \(address), and your token is only for that",
        hint: "Name its registry with --registry, or connect with a ticket of the agent.")
    }
    guard let token = try mesh.token(for: address) else {
      throw MeshError(
        .unauthorized, "you are not logged in to \(address)",
        hint: "Log in, or connect with a ticket: agent-mesh login --registry \(address)")
    }
    return token
  }

  private static func keep(_ agent: ConnectedAgent, named name: String, _ mesh: Mesh) {
    do throws(MeshError) {
      var alias = ""
      try mesh.settings.change { settings throws(MeshError) in alias = settings.keep(agent, named: name) }
      mesh.talk.info("online as \(alias)")
    } catch {
      mesh.talk.warn("online, but its settings cannot be kept: \(error.message)")
    }
  }
}
