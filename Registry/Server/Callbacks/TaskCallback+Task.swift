import RegistryAPI
import RegistryStore

extension TaskCallback {
  private static let maximumBytes = 1 << 20

  /// JSON of how a task has ended; with an answer that is too large it is one that says so.
  static func text(of task: TaskRecord, from log: TaskLog) async throws -> String {
    let status = try await TaskStatus.read(task, from: log)
    var callback = TaskCallback(
      requestId: task.requestID, callId: task.callID, agentId: task.agent, status: status.status,
      sessionKey: task.sessionKey)
    (callback.result, callback.attachments) = (status.result, status.attachments)
    (callback.errorCode, callback.errorMessage) = (status.errorCode, status.errorMessage)
    (callback.sessionTitle, callback.userMessage) = (task.title, task.content)
    callback.durationMs = status.durationMs
    let whole = try WireCoding.encode(callback)
    if whole.count <= maximumBytes { return String(decoding: whole, as: UTF8.self) }
    (callback.result, callback.attachments, callback.userMessage) = (nil, nil, nil)
    callback.status = .failed
    callback.errorCode = "payload_too_large"
    callback.errorMessage = "the answer is larger than a callback; it is at \(task.statusPath)"
    return String(decoding: try WireCoding.encode(callback), as: UTF8.self)
  }
}

extension TaskRecord {
  fileprivate var statusPath: String { Route.taskStatus.path([agent, requestID]) }
}
