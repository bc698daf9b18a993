import BridgeProtocol
import RegistryAPI
import RegistryStore

/// A conversation with an agent, the newest message first; or the form that begins one.
struct ChatPage: Sendable {
  struct Message: Sendable {
    var asked: PageTime
    var question: String
    var parts: [AnswerPart]
    var files: [File]
    /// Where the rest of the answer comes from; nil when this is all.
    var eventsPath: String?
    /// Where the button leads that stops it; nil when it has ended.
    var stopPath: String?
    var failure: String?
    var isTrimmed: Bool
  }

  struct File: Sendable {
    var fileName: String
    /// Nil for what no browser should be led to.
    var filePath: String?
  }

  let agentName: String
  let agentPath: String
  let chips: [String]
  /// Nil for a conversation that begins.
  let conversation: String?
  let newPath: String
  let sendPath: String
  let problem: String?
  let messageText: String
  let messages: [Message]
  /// Whether an answer is still to come.
  let isRunning: Bool
  let pager: Pager?
}

extension ChatPage.Message {
  init(_ task: TaskRecord, _ answer: TaskAnswer, with agent: AgentRecord) {
    asked = PageTime(task.createdAt)
    question = task.content
    parts = answer.parts
    files = answer.attachments.map(ChatPage.File.init)
    let events = Route.answerEvents.path(of: agent, task.requestID)
    eventsPath = answer.hasEnded ? nil : "\(events)?after=\(answer.position)"
    stopPath = answer.hasEnded || task.endedAt != nil ? nil : Route.answerStop.path(of: agent, task.requestID)
    failure = answer.failure
    isTrimmed = answer.isTrimmed
  }
}

extension ChatPage.File {
  init(_ attachment: Attachment) {
    fileName = attachment.name
    let scheme = attachment.url.prefix { $0 != ":" }.lowercased()
    filePath = ["https", "http"].contains(scheme) ? attachment.url : nil
  }
}
