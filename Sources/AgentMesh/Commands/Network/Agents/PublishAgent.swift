import ArgumentParser
import RegistryAPI
import Skills

/// `agents publish`.
struct PublishAgent: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Let others find and call an agent.",
    discussion: "It has to be online the first time: agent-mesh connect")

  @OptionGroup var agent: AgentArgument

  @Option(
    help: "public, or private: for you and those you share it with.",
    completion: .list(AgentVisibility.allCases.map(\.rawValue)), transform: AgentFields.visibility)
  var visibility: AgentVisibility?

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentReport {
    let client = try mesh.loggedInRegistry(registry)
    let id = try await mesh.agentID(agent.agent, at: client)
    let changed = try await client.changeAgent(id, AgentChange(visibility: visibility, isPublished: true))
    return AgentReport(
      agent: changed, done: "Published \(changed.author)/\(changed.slug).",
      next: "Try it: agent-mesh chat \(changed.author)/\(changed.slug) <message>")
  }
}

/// `agents unpublish`.
struct UnpublishAgent: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpublish", abstract: "Hide an agent from everybody but its owner and those to whom it is shared.")

  @OptionGroup var agent: AgentArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentReport {
    let client = try mesh.loggedInRegistry(registry)
    let id = try await mesh.agentID(agent.agent, at: client)
    let changed = try await client.changeAgent(id, AgentChange(isPublished: false))
    return AgentReport(agent: changed, done: "\(changed.author)/\(changed.slug) is no longer published.")
  }
}
