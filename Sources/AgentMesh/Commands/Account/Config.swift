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
      """)

  @Flag(help: "Show the settings.")
  var show = false

  @Option(help: "The registry to use when none is named.")
  var registry: String?

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
    if address != nil || maxConcurrent != nil || reset {
      try mesh.settings.change { settings throws(MeshError) in
        if reset { settings.limits = RuntimeLimits() }
        if let maxConcurrent { settings.limits.maxActiveRequests = maxConcurrent }
        if let address { settings.select(address) }
      }
    }
    let settings = try mesh.settings.read()
    return ConfigReport(
      path: mesh.settings.path, registry: settings.registry ?? DefaultRegistry.text, runtime: settings.limits)
  }
}

struct ConfigReport: Report {
  let path: String
  let registry: String
  let runtime: RuntimeLimits

  func text(_ style: Style) -> String {
    """
    \(style.faint(path))
    registry                       \(registry)
    runtime.max_active_requests    \(runtime.maxActiveRequests)
    runtime.queue_wait_timeout_ms  \(runtime.queueWaitTimeoutMilliseconds)
    runtime.queue_max_length       \(runtime.queueMaxLength)
    """
  }
}
