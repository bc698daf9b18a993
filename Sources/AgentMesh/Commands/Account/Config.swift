import ArgumentParser
import RegistryClient
import Skills

/// `config`: show and change settings.
struct Config: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show or change the settings.",
    discussion: """
      Without options it shows them.

        agent-mesh config --registry https://registry.example
        agent-mesh config --min-age 3d

      They are in ~/.agent-mesh/config.json:

        registry         the registry to use when none is named
        registries       those of single authors, {"acme": "https://skills.example"}; written by hand alone
        min_age          how old a version must be before an update takes it that names no skill
        targets          agents to link your own skills (-g) for, as the last command with -g and --agent named them
        agents           the agents that connect runs, with their programs and tokens; never shown
        insecure_hosts   hosts, beside this machine, to which plain http may be spoken; written by hand alone
        runtime          limits of connected agents
        token, tokens    what login stores; never shown
      """)

  @Flag(help: "Show the settings.")
  var show = false

  @Option(help: "The registry to use when none is named.")
  var registry: String?

  @Option(help: "How old a version must be before an update without names takes it, such as 0, 24h or 3d.")
  var minAge: String?

  @Option(help: "How many requests a connected agent works on at once (1 to 10000).")
  var maxConcurrent: Int?

  @Flag(help: "Set the limits of connected agents back to their defaults.")
  var reset = false

  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func validate() throws {
    if let maxConcurrent, !(1...10_000).contains(maxConcurrent) {
      throw ValidationError("--max-concurrent takes a number from 1 to 10000")
    }
  }

  func run(in mesh: Mesh) async throws -> ConfigReport {
    let address = try registry.map { try RegistryAddress(parsing: $0) }
    let age = try minAge.map { try MinimumAge(parsing: $0) }
    if address != nil || maxConcurrent != nil || age != nil || reset {
      try mesh.settings.change { settings throws(MeshError) in
        if reset { settings.limits = RuntimeLimits() }
        if let maxConcurrent { settings.limits.maxActiveRequests = maxConcurrent }
        if let age { settings.minimumAge = age.description }
        if let address { settings.select(address) }
      }
    }
    return try ConfigReport(path: mesh.settings.path, try mesh.settings.read())
  }
}

struct ConfigReport: Report {
  let path: String
  let registry: String
  let registries: [String: String]
  let minAge: String
  let targets: [String]
  let insecureHosts: [String]
  let runtime: RuntimeLimits

  init(path: String, _ settings: Settings) throws(MeshError) {
    self.path = path
    registry = settings.registry ?? RegistryAddress.local
    let byAuthor = try settings.registries.map { ($0.key.rawValue, $0.value.text) }
    registries = Dictionary(byAuthor, uniquingKeysWith: { first, _ in first })
    minAge = settings.minimumAge ?? MinimumAge.standard.description
    targets = settings.targets
    insecureHosts = settings.insecureHosts.sorted()
    runtime = settings.limits
  }

  func text(_ style: Style) -> Message {
    """
    \(style.faint(Message(path, limit: .max)))
    registry                       \(registry)
    registries                     \(Self.listing(registries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }))
    min_age                        \(minAge)
    targets                        \(Self.listing(targets))
    insecure_hosts                 \(Self.listing(insecureHosts))
    runtime.max_active_requests    \(runtime.maxActiveRequests)
    runtime.queue_wait_timeout_ms  \(runtime.queueWaitTimeoutMilliseconds)
    runtime.queue_max_length       \(runtime.queueMaxLength)
    """
  }

  private static func listing(_ values: [String]) -> Message {
    values.isEmpty ? "-" : Message(values.joined(separator: ", "), limit: .max)
  }
}
