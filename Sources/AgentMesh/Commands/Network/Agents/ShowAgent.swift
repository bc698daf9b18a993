import ArgumentParser
import Skills

/// `agents show`.
struct ShowAgent: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show an agent: status, limits, rating and the skills that it carries.")

  @OptionGroup var agent: AgentArgument
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentReport {
    AgentReport(agent: try await mesh.agent(agent.agent, at: mesh.registry(registry)))
  }
}
