import BridgeProtocol
import RegistryAPI
import RegistryStore

/// The whole of an answer, from the log.
struct TaskResult: Sendable {
  var text = ""
  var attachments: [Attachment] = []
  var fileTransferOffer: FileTransferOffer?

  /// Nil when its text is gone.
  static func read(_ task: TaskRecord, from log: TaskLog) async throws -> TaskResult? {
    var result = TaskResult()
    var position = 0
    while true {
      let page = try await log.events(
        of: task.requestID, after: position, limit: TaskLimits.pageEvents, bytes: TaskLimits.pageBytes)
      guard page.firstAvailable <= position + 1 else { return nil }
      for event in page.events { result.add(try TaskEventBody(event)) }
      guard let last = page.events.last?.sequence, last < page.lastSequence else { return result }
      position = last
    }
  }

  private mutating func add(_ body: TaskEventBody) {
    switch body {
    case .chunk(let delta, .text, _, _): text += delta
    case .done(_, let attachments, let offer):
      self.attachments = attachments
      fileTransferOffer = offer
    case .accepted, .chunk, .extra, .note, .failed: break
    }
  }
}

extension TaskStatus {
  /// What a task has come to; clients of every age know `running`, `completed` and `failed`.
  static func read(_ task: TaskRecord, from log: TaskLog) async throws -> TaskStatus {
    let state = TaskState(task.state)
    let result = state == .completed ? try await TaskResult.read(task, from: log) : nil
    let attachments = result?.attachments ?? []
    return TaskStatus(
      requestId: task.requestID, callId: task.callID, sessionKey: task.sessionKey,
      status: state == .pending ? .running : state, result: result?.text,
      attachments: attachments.isEmpty ? nil : attachments, fileTransferOffer: result?.fileTransferOffer,
      errorCode: task.errorCode, errorMessage: task.errorMessage, startedAt: task.startedAt ?? task.createdAt,
      completedAt: task.endedAt, durationMs: task.endedAt.map(task.duration))
  }
}
