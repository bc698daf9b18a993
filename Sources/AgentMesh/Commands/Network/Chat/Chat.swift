import AgentNetwork
import ArgumentParser
import RegistryAPI
import Skills

/// `chat`: talk to an agent.
struct Chat: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat", abstract: "Talk to an agent.",
    discussion: """
      With a message it prints the answer and ends; without one it asks for messages until /quit or Ctrl-D. Ctrl-C ends \
      the answer that is being written, and the agent leaves it, too.

        agent-mesh chat acme/reviewer "What do you review?"
        agent-mesh chat acme/reviewer
        agent-mesh chat acme/reviewer --list
      """)

  @OptionGroup var agent: AgentArgument

  @Argument(help: "What to say; without it messages are asked for.")
  var message: String?

  @Flag(inversion: .prefixedNo, help: "Show what the agent thinks.")
  var thinking = true

  @Flag(name: .customLong("async"), help: "Wait for the whole answer instead of showing it as it comes.")
  var isAsync = false

  @Option(help: "Go on with the conversation of this key.")
  var session: String?

  @Flag(help: "List your conversations with the agent, with their keys.")
  var list = false

  @OptionGroup var timeout: TimeoutOption
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  static let speaksJSONIntoPipes = false

  func validate() throws {
    if list, message != nil || session != nil { throw ValidationError("--list takes neither a message nor --session") }
    if let message, message.isEmpty { throw ValidationError("the message is empty") }
  }

  func run(in mesh: Mesh) async throws -> AnyReport {
    let registry = try mesh.loggedInRegistry(registry)
    if message == nil, !list, !mesh.canAsk {
      throw MeshError(
        .usage, "there is no message, and nobody is at a terminal to write one",
        hint: "Give it behind the agent: agent-mesh chat \(agent.agent) <message>")
    }
    let id = try await mesh.agentID(agent.agent, at: registry)
    if list {
      return AnyReport(report: ConversationListReport(sessions: try await registry.conversations(with: id)))
    }
    var conversation = Conversation(
      mesh: mesh, client: AgentClient(client: registry), agentId: id, showsThinking: thinking, isAsync: isAsync,
      seconds: timeout.timeout, session: session)
    guard let message else {
      try await ChatLoop(mesh: mesh, agent: agent.agent).run(&conversation)
      return AnyReport(report: WrittenReport())
    }
    let text = message
    try await mesh.sayingFailureAsEvent { try await conversation.say(text) }
    if let key = conversation.session {
      mesh.talk.info("To go on: agent-mesh chat \(agent.agent) --session \(key) <message>")
    }
    return AnyReport(report: WrittenReport())
  }
}

struct ConversationListReport: Report {
  let sessions: [OwnConversations.Conversation]

  func text(_ style: Style) -> Message {
    if sessions.isEmpty { return "No conversations with this agent." }
    var table = Table(["ACTIVE", "LAST", "TITLE", "KEY"])
    for session in sessions {
      table.add([
        session.isActive == true ? "yes" : "no", session.lastActiveAt?.day ?? "-",
        ScreenText.cut(ScreenText.line(session.title ?? "-"), to: 40).description, session.sessionKey,
      ])
    }
    return table.text(style)
  }
}
