import ArgumentParser
import RegistryAPI
import Skills

/// `agents list`.
struct ListAgents: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List your agents.", aliases: ["ls"])

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentListReport {
    AgentListReport(agents: try await mesh.loggedInRegistry(registry).ownAgents())
  }
}

struct AgentListReport: Report {
  let agents: [AgentSummary]

  func encode(to encoder: any Encoder) throws { try agents.encode(to: encoder) }

  func text(_ style: Style) -> Message {
    if agents.isEmpty { return "You have no agents. Make one: agent-mesh agents create --name <name>" }
    var table = Table(["NAME", "TYPE", "VISIBILITY", "STATUS", "PUBLISHED", "CAPABILITIES"])
    for agent in agents {
      table.add([
        agent.name, agent.agentType, agent.visibility.rawValue, agent.statusText, agent.isPublished ? "yes" : "no",
        "\(agent.capabilities.count)",
      ])
    }
    return table.text(style)
  }
}
