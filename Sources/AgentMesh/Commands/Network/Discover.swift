import ArgumentParser
import RegistryAPI
import RegistryClient
import Skills

/// `discover`: agents that can be called.
struct Discover: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "discover", abstract: "Find agents that you can chat with and call.",
    discussion: """
        agent-mesh discover --capability review --online
        agent-mesh discover --skill acme/reviewer@^1.2

      Without a login only public agents are found.
      """)

  @Option(help: "Agents that can do this.")
  var capability: String?

  @Option(
    help: "Agents that carry this skill, as author/slug or author/slug@range.",
    completion: .custom(Completions.references))
  var skill: String?

  @Flag(help: "Agents that are online.")
  var online = false

  @Option(help: "How many agents to show, at most \(AgentQuery.maximumResults).")
  var limit = 20

  @Option(help: "How many agents to pass over.")
  var offset = 0

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func validate() throws {
    guard (1...AgentQuery.maximumResults).contains(limit) else {
      throw ValidationError("--limit is a number from 1 to \(AgentQuery.maximumResults)")
    }
    guard (0...1_000_000).contains(offset) else { throw ValidationError("--offset is a number from 0 to 1000000") }
  }

  func run(in mesh: Mesh) async throws -> DiscoveryReport {
    let query = AgentQuery(
      capability: capability, skill: try skill.map { try SkillReference(parsing: $0) }, isOnline: online, limit: limit,
      offset: offset)
    return DiscoveryReport(found: try await mesh.registry(registry).discoverAgents(query))
  }
}

struct DiscoveryReport: Report {
  let found: DiscoveredAgents

  func encode(to encoder: any Encoder) throws { try found.encode(to: encoder) }

  func text(_ style: Style) -> Message {
    if found.agents.isEmpty { return "No such agents." }
    var table = Table(["AGENT", "TYPE", "STATUS", "CAPABILITIES"])
    for agent in found.agents {
      table.add([
        "\(agent.author)/\(agent.slug)", agent.agentType, agent.statusText,
        agent.capabilities.isEmpty ? "-" : agent.capabilities.joined(separator: ", "),
      ])
    }
    return "\(table.text(style))\n\n\(found.agents.count) of \(found.total)"
  }
}
