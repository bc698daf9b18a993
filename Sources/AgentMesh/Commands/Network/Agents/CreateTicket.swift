import ArgumentParser
import FoundationSubset
import RegistryAPI
import Skills

/// `agents ticket`.
struct CreateTicket: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticket", abstract: "Make a link that connects an agent from another machine, once.",
    discussion: """
      It is pasted there within 15 minutes, with the program that answers:

        agent-mesh connect exec --setup <link> -- <program>

      Whoever has the link can be the agent: it is shown this once, and works once.
      """)

  @OptionGroup var agent: AgentArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> TicketReport {
    let client = try mesh.loggedInRegistry(registry)
    let ticket = try await client.connectTicket(for: mesh.agentID(agent.agent, at: client))
    mesh.talk.info("It works once, until \(ticket.expiresAt.ISO8601Format()). On the other machine:")
    return TicketReport(ticket: ticket)
  }
}

struct TicketReport: Report {
  let ticket: ConnectTicketResponse

  func encode(to encoder: any Encoder) throws { try ticket.encode(to: encoder) }

  func text(_ style: Style) -> Message { "agent-mesh connect exec --setup \(ticket.url, limit: .max) -- <program>" }
}
