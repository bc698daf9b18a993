import AgentNetwork
import RegistryAPI
import Skills

/// A conversation with an agent, one message after the other.
struct Conversation {
  let mesh: Mesh
  let client: AgentClient
  let agentId: String
  let showsThinking: Bool
  /// Whether each answer is shown as a whole.
  let isAsync: Bool
  /// How long an answer is waited for.
  let seconds: Int
  /// Its key, once there is one.
  var session: String?

  /// Says something and shows the answer.
  ///
  /// - Throws: `cancelled` when Ctrl-C has ended the answer, after the agent was told so.
  mutating func say(_ message: String) async throws {
    let task = try await client.say(message, to: agentId, in: session)
    session = task.sessionKey ?? session
    let (conversation, interruption) = (self, mesh.interruption)
    let answer = Task { try await conversation.showAnswer(to: task) }
    do {
      try await withTaskCancellationHandler {
        try await interruption.confined(to: { answer.cancel() }) { try await answer.value }
      } onCancel: {
        answer.cancel()
      }
    } catch {
      guard answer.isCancelled, !Task.isCancelled else { throw error }
      try await client.cancel(task)
      throw MeshError(.cancelled, "the answer was cancelled")
    }
  }

  private func showAnswer(to task: AgentTask) async throws {
    let display = AnswerDisplay(mesh, showsThinking: showsThinking)
    let deadline = AgentClient.Deadline.now + .seconds(seconds)
    guard isAsync else { return try await mesh.show(task, of: client, until: deadline, on: display) }
    mesh.progress.announce("waiting for the answer")
    defer { mesh.progress.clear() }
    let status = try await client.result(of: task, until: deadline)
    mesh.progress.clear()
    if mesh.printsJSON { return try mesh.print(line: FinishedCall(task, status)) }
    try display.show(CallEvent(type: .chunk, delta: status.result ?? ""))
    try display.show(CallEvent(type: .done, attachments: status.attachments))
  }
}
