import Foundation

/// A request to an agent, as the log keeps it.
package struct TaskRecord: Sendable {
  /// Grows with every task: where a list goes on.
  package var number: Int64
  package var requestID: String
  package var callID: String
  /// Its UUID.
  package var agent: String
  package var sessionKey: String
  package var callerAccount: Int64?
  package var callerAgent: String?
  package var kind: TaskKind
  package var isAsync: Bool
  /// Empty once it has aged out.
  package var content: String
  /// What the relay was given with it.
  package var details: String?
  package var title: String?
  /// Who is to hear of the end; nil once that is kept elsewhere.
  package var callbackURL: String?
  /// Agents that it has come through.
  package var hops: Int
  package var attempt: Int
  /// Whether the agent has recorded the start of the attempt.
  package var isAccepted: Bool
  /// Whether its caller wants it no more, which does not end it by itself.
  package var isCancelled: Bool
  /// The agent's number of the last event of the attempt that is in the log; 0 before the first.
  package var committedSource: Int
  /// The number of the last event of the task; 0 before the first.
  package var lastSequence: Int
  package var createdAt: Date
  /// Of the first event that came from the agent.
  package var startedAt: Date?
  package var endedAt: Date?
  /// Nil unless it failed; at most 100 characters, as the message has at most 2,000.
  package var errorCode: String?
  package var errorMessage: String?

  package var state: TaskStateKind {
    if endedAt == nil { return startedAt == nil ? .pending : .running }
    return errorCode == nil ? .completed : .failed
  }

  /// Of `tasks` and, where there is one, the row of `task_contents`.
  static let columns: StaticString = """
    id, request_id, call_id, agent, session_key, caller_account, caller_agent, kind, is_async, content, details, \
    title, callback_url, hops, attempt, is_accepted, is_cancelled, committed_source, last_sequence, created_at, \
    started_at, ended_at, error_code, error_message
    """

  init(_ row: SQLRow) throws {
    number = try row.integer("id")
    requestID = try row.text("request_id")
    callID = try row.text("call_id")
    agent = try row.text("agent")
    sessionKey = try row.text("session_key")
    callerAccount = try row.optional("caller_account", row.integer)
    callerAgent = try row.optional("caller_agent", row.text)
    guard let kind = TaskKind(rawValue: try row.text("kind")) else { throw StoreFailure.corrupt("column kind") }
    self.kind = kind
    isAsync = try row.bool("is_async")
    content = try row.optional("content", row.text) ?? ""
    details = try row.optional("details", row.text)
    title = try row.optional("title", row.text)
    callbackURL = try row.optional("callback_url", row.text)
    hops = Int(try row.integer("hops"))
    attempt = Int(try row.integer("attempt"))
    isAccepted = try row.bool("is_accepted")
    isCancelled = try row.bool("is_cancelled")
    committedSource = Int(try row.integer("committed_source"))
    lastSequence = Int(try row.integer("last_sequence"))
    createdAt = try row.date("created_at")
    startedAt = try row.optional("started_at", row.date)
    endedAt = try row.optional("ended_at", row.date)
    errorCode = try row.optional("error_code", row.text)
    errorMessage = try row.optional("error_message", row.text)
  }
}
