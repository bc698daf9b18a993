import AgentNetwork
import AgentRuntimes
import BridgeProtocol

/// Answers requests with a runtime: whom it may serve, and the two vocabularies of events.
struct RuntimeRunner: AgentRunner {
  let runtime: any RuntimeAdapter
  /// Whether anybody is served who may call the agent; else its owner alone.
  let servesStrangers: Bool

  func run(_ message: RequestMessage, emit: @escaping @Sendable (RunEvent) async -> Void) async {
    guard servesStrangers || message.caller?.isOwner == true else {
      return await emit(
        .failed(
          code: BridgeErrorCode.sandboxUnavailable.rawValue,
          message: "the agent has no sandbox, and without one it serves its owner alone"))
    }
    do {
      try await runtime.run(RuntimePrompt(message)) { await emit(RunEvent($0)) }
    } catch {
      // Cancelled: whoever did it says so to the caller.
    }
  }
}

extension RuntimePrompt {
  init(_ message: RequestMessage) {
    self.init(
      messageId: message.messageId ?? message.requestId, contextId: message.contextId ?? message.sessionId,
      taskId: message.taskId ?? message.requestId, sessionId: message.sessionId, content: message.content,
      attachments: message.attachments.map { RuntimeAttachment(name: $0.name, url: $0.url, type: $0.type) },
      caller: Caller(account: message.caller?.account, isOwner: message.caller?.isOwner ?? false))
  }
}

extension RunEvent {
  init(_ event: RuntimeEvent) {
    self =
      switch event {
      case .text(let text): .text(text)
      case .thinking(let text): .thinking(text)
      case .toolStart(let id, let name): .toolStart(id: id, name: name)
      case .toolInput(let id, let delta): .toolInput(id: id, delta)
      case .toolResult(let id, let text, let isError): .toolResult(id: id, text, isError: isError)
      case .status(let text): .status(text)
      case .artifact(let json): .artifact(json)
      case .message(let json): .message(json)
      case .inputRequired(let text): .inputRequired(text)
      case .usage(let json): .usage(json)
      case .done(let attachments):
        .done(attachments: attachments.map { Attachment(name: $0.name, url: $0.url, type: $0.type) })
      case .failed(let code, let message): .failed(code: code, message: message)
      }
  }
}
