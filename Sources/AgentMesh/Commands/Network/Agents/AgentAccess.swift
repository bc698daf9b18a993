import ArgumentParser
import RegistryAPI
import Skills

/// `agents access list`.
struct ListAgentAccess: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List those to whom a private agent is shared.", aliases: ["ls"])

  @OptionGroup var agent: AgentArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentAccessReport {
    let client = try mesh.loggedInRegistry(registry)
    return AgentAccessReport(grants: try await client.grants(of: mesh.agentID(agent.agent, at: client)))
  }
}

struct AgentAccessReport: Report {
  let grants: [AgentGrants.Grant]

  func text(_ style: Style) -> Message {
    if grants.isEmpty { return "Shared to nobody. Share it: agent-mesh agents access grant <agent> <author>" }
    var table = Table(["AUTHOR", "SINCE"])
    for grant in grants { table.add([grant.author, grant.grantedAt.day]) }
    return table.text(style)
  }
}

/// `agents access grant`.
struct GrantAgentAccess: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Share a private agent to an account or an organisation.")

  @OptionGroup var agent: AgentArgument
  @OptionGroup var author: AuthorArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentAccessChange {
    let (client, name) = (try mesh.loggedInRegistry(registry), try author.parsed())
    let id = try await mesh.agentID(agent.agent, at: client)
    try await client.grantAccess(to: id, for: name)
    return AgentAccessChange(agentId: id, author: name.rawValue, granted: true)
  }
}

/// `agents access revoke`.
struct RevokeAgentAccess: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Share a private agent to somebody no longer.")

  @OptionGroup var agent: AgentArgument
  @OptionGroup var author: AuthorArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentAccessChange {
    let (client, name) = (try mesh.loggedInRegistry(registry), try author.parsed())
    let id = try await mesh.agentID(agent.agent, at: client)
    try await client.revokeAccess(to: id, for: name)
    return AgentAccessChange(agentId: id, author: name.rawValue, granted: false)
  }
}

struct AgentAccessChange: Report {
  let success = true
  let agentId: String
  let author: String
  let granted: Bool

  var isAction: Bool { true }

  func text(_ style: Style) -> Message {
    granted ? "\(author) may use the agent now." : "\(author) may no longer use the agent."
  }
}
