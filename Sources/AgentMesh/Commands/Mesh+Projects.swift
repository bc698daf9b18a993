import ArgumentParser
import FileSystem
import FoundationSubset
import RegistryClient
import SkillInstaller
import SkillSources
import Skills
import SystemPackage

/// Whose skills a command works on.
struct ScopeOption: ParsableArguments {
  @Flag(name: [.customShort("g"), .long], help: "Use your own skills, for all projects, instead of a project's.")
  var global = false
}

/// For which agents skills are linked.
struct AgentOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "Agents that get the skills, such as codex; '*' for every agent that is used here.", valueName: "id"),
    completion: .list(Agent.all.map(\.id)))
  var agent: [String] = []

  @Flag(help: "Give agents copies instead of links.")
  var copy = false
}

/// How a command treats the network.
struct NetworkOptions: ParsableArguments {
  @OptionGroup var registry: RegistryOption

  @Flag(help: "Use only the cache, and no network.")
  var offline = false
}

/// A project, or a user's own folders, with everything that commands do there.
struct Workplace: Sendable {
  let targets: InstallTargets
  let choice: AgentChoice
  let installer: SkillInstaller
  /// For everything that the command reads from sources.
  let sources: SourceReader
  /// What `skills.json` says; nil when there is none.
  let manifest: ProjectManifest?
}

extension Mesh {
  var userEnvironment: AgentEnvironment { AgentEnvironment(environment: environment) }

  var cache: SkillCache { SkillCache(folder: SkillCache.standardFolder(environment: environment)) }

  /// The place that a command works on, and what its `skills.json` says, without anything that talks to a registry.
  ///
  /// - Parameter replacingForeign: Whether a `skills.json` of another program counts as none.
  func targets(
    _ path: String?, _ scope: ScopeOption, _ agents: AgentOptions? = nil, replacingForeign: Bool = false
  ) throws -> (targets: InstallTargets, choice: AgentChoice, manifest: ProjectManifest?) {
    let place = try place(path, scope)
    let manifest = try SkillInstaller.manifest(in: place, replacingForeign: replacingForeign)
    let choice = try AgentChoice(
      asked: agents?.agent ?? [], manifest: manifest?.agents, remembered: settings.read().targets, in: place.scope
    ) {
      Agent.detected(project: scope.global ? nil : place.base, in: userEnvironment)
    }
    return (try place.choosing(choice.agents, copies: agents?.copy), choice, manifest)
  }

  /// As `targets(_:_:_:)`, whatever the agents are and without a look at `skills.json`.
  func place(_ path: String?, _ scope: ScopeOption) throws -> InstallTargets {
    guard scope.global else {
      guard path?.hasPrefix("/") == true || !FilePath.workingDirectory.isEmpty else {
        throw MeshError(
          .notFound, "the working folder is gone", hint: "Change to one that exists, or name a project from the root.")
      }
      return try project(path)
    }
    if let path, path != "." {
      throw MeshError(
        .usage, "--global is for your own skills, and '\(path)' is a project",
        hint: "Leave out one of them.")
    }
    return try InstallTargets(user: userEnvironment)
  }

  /// The project that a path names, or in which somebody works.
  private func project(_ path: String?) throws -> InstallTargets {
    try Project.targets(Project.folder(path, userEnvironment))
  }

  /// A pipeline that checks the wrong folder must not be green.
  ///
  /// - Throws: `notFound` where no project is; a user's own skills need none.
  func refuseNoProject(_ targets: InstallTargets) throws(MeshError) {
    guard targets.scope == .project, !ProjectSearch.holdsProject(targets.base) else { return }
    let here = FilePath.workingDirectory.pushing(targets.base).lexicallyNormalized()
    throw MeshError(
      .notFound, "there is no project in '\(here)'",
      hint: ForeignProject.hasLock(targets)
        ? ForeignProject.hint
        : "Name the folder of one. A project begins with its first skill: agent-mesh skills install author/slug")
  }

  /// Begins to load what requests need, for a command that always makes some.
  func prepare(_ network: NetworkOptions) {
    if !network.offline { transport.prepare() }
  }

  /// - Parameters:
  ///   - replacingForeign: Whether a `skills.json` of another program counts as none.
  ///   - sources: What is likely to be asked for beside what `skills.json` lists, one after the other.
  func workplace(
    _ path: String?, _ scope: ScopeOption, _ network: NetworkOptions, _ agents: AgentOptions? = nil,
    replacingForeign: Bool = false, expecting sources: [SkillSource] = []
  ) throws -> Workplace {
    let (targets, choice, manifest) = try targets(path, scope, agents, replacingForeign: replacingForeign)
    let registries = try registries(network, manifest)
    // In the order of the lock.
    let expected = manifest.map { $0.sources.sorted { $0.key < $1.key }.map(\.value) } ?? []
    let reader = self.sources(of: targets.base, expecting: expected + sources)
    // A minute is what a person waits for.
    let installer = SkillInstaller(
      registries: registries, targets: targets, bounds: ResolutionBounds(duration: .seconds(60)),
      sources: access(reader, network), report: InstallDisplay(progress).show)
    return Workplace(targets: targets, choice: choice, installer: installer, sources: reader, manifest: manifest)
  }

  /// The registry of the command, else that of the manifest, else that of the user.
  func registries(_ network: NetworkOptions, _ manifest: ProjectManifest?) throws -> Registries {
    try registries(
      chosen: network.registry.registry, manifest?.registry, own: ownRegistry(network.registry),
      isOffline: network.offline)
  }

  /// One registry that a command names itself, and those that files name.
  func registries(at address: RegistryAddress) throws -> Registries {
    try registries(
      chosen: address.text, nil, own: environment["AGENT_MESH_REGISTRY"] ?? settings.read().registry, isOffline: false)
  }

  private func registries(
    chosen: String?, _ ofProject: String?, own ownText: String?, isOffline: Bool
  ) throws -> Registries {
    let stored = try settings.read()
    let named = chosen ?? ofProject ?? ownText
    let standard = try RegistryAddress(parsing: named ?? RegistryAddress.local)
    let own = try? RegistryAddress(parsing: ownText ?? RegistryAddress.local)
    let (cache, environment) = (cache, environment)
    return Registries(
      standard: standard, isChosen: chosen != nil, byAuthor: try stored.registries
    ) { address throws(MeshError) in
      // The token of the environment is for the user's own registry: a project may name any other.
      let token = address == own ? environmentToken(for: address) : nil
      let secret = token ?? stored.token(for: address)
      return try RegistryClient(
        address: address, token: secret, transport: transport, cache: cache, isOffline: isOffline,
        advice: advice(
          isChosen: named != nil || address != standard,
          withholdsToken: secret == nil && environment["AGENT_MESH_TOKEN"] != nil))
    }
  }

  /// The registry that a command without a project asks: as installing into this folder would.
  ///
  /// - Parameter name: The skill that it is asked for; its own registry goes before that of `skills.json`.
  func registry(_ network: NetworkOptions, of name: SkillName? = nil) throws -> RegistryClient {
    let here = try project(nil)
    let manifest = try SkillInstaller.manifest(in: here)
    let registries = try registries(network, manifest)
    guard let name else { return try registries.client(at: nil) }
    return try registries.client(at: registries.address(of: name, manifest, known(in: here)))
  }

  /// Reads sources for one command.
  ///
  /// - Parameter sources: What is likely to be asked for, one after the other.
  func sources(of project: FilePath, expecting sources: [SkillSource] = []) -> SourceReader {
    SourceReader(
      project: project, transport: transport, environment: environment,
      temporary: FilePath(FileManager.default.temporaryDirectory.path), expecting: sources)
  }

  /// Sources, with what was fetched from them kept in the cache.
  private func access(_ sources: SourceReader, _ network: NetworkOptions) -> SourceAccess {
    let (cache, isOffline) = (cache, network.offline)
    let checkNetwork = { @Sendable (source: SkillSource?, text: String) in
      guard !isOffline || source?.isLocal == true else { throw Self.offline(text) }
    }
    return SourceAccess(
      lock: { source, folder in
        try checkNetwork(source, source.description)
        let skill = try await sources.skill(at: source, as: folder)
        cache.store(skill.packed.bytes, as: skill.packed.digest)
        return skill.locked(as: folder)
      },
      newest: { locked, source in
        try checkNetwork(source, source.description)
        let (newest, changed) = try await sources.newest(of: locked, at: source)
        if let changed { cache.store(changed.packed.bytes, as: changed.packed.digest) }
        return newest
      },
      fetch: { locked in
        if let archive = try cache.archive(locked.digest, size: locked.size) {
          switch archive {
          case .bytes(let bytes): return bytes
          case .file(let path): return Array(try Data(contentsOf: URL(filePath: path)))
          }
        }
        try checkNetwork(locked.source, locked.reference)
        let skill = try await sources.fetch(locked)
        cache.store(skill.packed.bytes, as: skill.packed.digest)
        return skill.packed.bytes
      })
  }

  static func offline(_ text: String) -> MeshError {
    MeshError(
      .offline, "\(text) is not in the cache", hint: "Run this once without --offline.")
  }

  /// How young a version may be for an update that nobody asked for by name.
  func minimumAge(_ option: String?, _ manifest: ProjectManifest?, isUnattended: Bool) throws -> MinimumAge? {
    if let option { return try MinimumAge(parsing: option) }
    guard isUnattended else { return nil }
    if let age = manifest?.minimumAge { return age }
    guard let text = try settings.read().minimumAge else { return .standard }
    do {
      return try MinimumAge(parsing: text)
    } catch {
      throw MeshError(
        .configurationError, "'min_age' in '\(settings.path)': \(error)",
        hint: "Set it again: agent-mesh config --min-age 24h")
    }
  }
}

extension SkillSource {
  /// Whether it is read without a network.
  var isLocal: Bool {
    if case .path = self { true } else { false }
  }
}
