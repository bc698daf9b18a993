import ArgumentParser
import Skills

/// `agents delete`.
struct DeleteAgent: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Remove an agent from the registry.",
    discussion: "It is disconnected, and nobody can call it any more. What it did stays in the counts.")

  @OptionGroup var agent: AgentArgument
  @OptionGroup var confirmation: ConfirmationOptions
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> DeletedAgentReport {
    let client = try mesh.loggedInRegistry(registry)
    let found = try await client.ownAgent(mesh.agentID(agent.agent, at: client))
    let name = "\(found.author)/\(found.slug)"
    try confirmation.confirm(
      "Delete the agent \(name)?", for: "deleting \(name)", else: "nothing was deleted", in: mesh)
    try await client.deleteAgent(found.id)
    return DeletedAgentReport(id: found.id, name: name)
  }
}

struct DeletedAgentReport: Report {
  let success = true
  let id: String
  let name: String

  var isAction: Bool { true }

  func text(_ style: Style) -> Message { "Deleted \(name)." }
}
