import BridgeProtocol
import RegistryAPI
import RegistryStore

/// What there is of the answer to a task, and where the rest begins.
struct TaskAnswer: Sendable {
  var parts: [AnswerPart] = []
  var attachments: [Attachment] = []
  /// Why there is no more of it; nil when there is, or all went well.
  var failure: String?
  /// The position behind which the rest comes.
  var position = 0
  var hasEnded = false
  /// Whether its beginning has aged out.
  var isTrimmed = false
  /// Bytes that were read.
  var size = 0

  /// - Parameter budget: Bytes behind which no more is read; what is there has at least one event then.
  static func read(_ task: TaskRecord, from log: TaskLog, budget: Int) async throws -> TaskAnswer {
    var answer = TaskAnswer()
    repeat {
      let page = try await log.events(
        of: task.requestID, after: answer.position, bytes: max(1, budget - answer.size))
      answer.isTrimmed = answer.isTrimmed || page.firstAvailable > answer.position + 1
      for event in page.events {
        answer.add(try WireCoding.decode(TaskEventBody.self, from: event.body.utf8))
        answer.size += event.body.utf8.count
      }
      guard let last = page.events.last?.sequence else {
        if page.isEnded { answer.end(of: task) }
        return answer
      }
      answer.position = last
      if last == page.lastSequence { return answer }
    } while answer.size < budget
    return answer
  }

  private mutating func add(_ body: TaskEventBody) {
    parts.add(body)
    switch body {
    case .done(_, let attachments, _): self.attachments = attachments
    case .failed(_, let message): failure = message
    case .accepted, .chunk, .extra, .note: break
    }
    hasEnded = body.isEnding
  }

  /// Its text is gone, and its row says the rest.
  private mutating func end(of task: TaskRecord) {
    hasEnded = true
    failure = failure ?? task.errorMessage ?? task.errorCode
  }
}
