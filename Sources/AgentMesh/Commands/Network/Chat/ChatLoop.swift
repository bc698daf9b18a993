import Skills

/// Asks for messages at a terminal, and shows the answers.
struct ChatLoop {
  let mesh: Mesh
  let agent: String

  private static let help: Message = """
      /help        this list
      /quit        leave; also Ctrl-D
      //text       says /text
      Ctrl-C       ends the answer that is being written
    """

  func run(_ conversation: inout Conversation) async throws {
    mesh.talk.info("Talking to \(agent). /help lists what you can type.")
    var input = ChatInput(prompt: mesh.talk.style.green("> "), environment: mesh.environment)
    while let line = try input.line() {
      switch ChatLine(line) {
      case .empty: continue
      case .quit: return
      case .help: mesh.talk.show(Self.help)
      case .unknown(let word):
        mesh.talk.error("there is no command '\(word, limit: 40)'")
        mesh.talk.hint("See /help. To say it, write it with two slashes: /\(word, limit: 40)")
      case .message(let message): try await say(message, in: &conversation)
      }
    }
  }

  /// What fails with one message need not fail with the next.
  private func say(_ message: String, in conversation: inout Conversation) async throws {
    do {
      try await conversation.say(message)
    } catch {
      if Task.isCancelled { throw error }
      let failure = MeshError(error, else: .unknown)
      if failure.code == .cancelled { mesh.talk.info("Cancelled.") } else { mesh.tell(failure) }
    }
  }
}
