import ArgumentParser
import RegistryAPI
import Skills

/// `agents create`.
struct CreateAgent: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make an agent.",
    discussion: """
        agent-mesh agents create --name reviewer --description "Reviews changes" --capabilities review,swift

      It is public unless --visibility says otherwise, and of the type claude unless --type does. Others see it once it \
      is published.
      """)

  @OptionGroup var fields: AgentFields

  @Option(help: "The organisation of yours that is to own it, instead of you.")
  var author: String?

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func run(in mesh: Mesh) async throws -> AgentReport {
    let client = try mesh.loggedInRegistry(registry)
    let name = try fields.name ?? Self.ask("The name of the agent:", in: mesh)
    guard !name.isEmpty else { throw MeshError(.usage, "an agent needs a name", hint: "Give it one with --name.") }
    let description = fields.name == nil ? fields.description ?? mesh.ask("What is it good for?") : fields.description
    let made = try await client.createAgent(
      AgentCreation(
        name: name, description: description.flatMap { $0.isEmpty ? nil : $0 },
        agentType: fields.agentType ?? "claude", visibility: fields.visibility ?? .public,
        capabilities: fields.capabilityList, author: author))
    return AgentReport(
      agent: made, done: "Made \(made.author)/\(made.slug) with the id \(made.id).",
      next: "Connect it next: agent-mesh connect exec --agent-id \(made.id) -- <program>")
  }

  private static func ask(_ question: Message, in mesh: Mesh) throws -> String {
    guard mesh.canAsk else {
      throw MeshError(.usage, "the agent has no name, and nobody can be asked for one", hint: "Give it with --name.")
    }
    guard let answer = mesh.ask(question) else { throw CancellationError() }
    return answer
  }
}
