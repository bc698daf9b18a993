import Foundation
import Skills

/// Enters a task, in a transaction of the log.
struct TaskEntry {
  let task: NewTask
  let idempotencyHash: Digest?
  let connection: any SQLConnection

  func enter() throws -> TaskCreation {
    if let existing = try existing() { return .existing(existing) }
    try checkIdentifiers()
    try checkOpenTasks()
    try checkQuota()
    let id = try insert()
    let row = try connection.row(
      """
      SELECT \(raw: TaskRecord.columns) FROM tasks LEFT JOIN task_contents ON task_id = id WHERE id = \(id)
      """)
    guard let row else { throw StoreFailure.corrupt("a task is gone that was just entered") }
    return .created(try TaskRecord(row))
  }

  /// That of the same caller and idempotency key; nil when there is none.
  func existing() throws -> TaskRecord? {
    guard let idempotencyHash else { return nil }
    let row = try connection.row(
      """
      SELECT \(raw: TaskRecord.columns), request_hash FROM tasks LEFT JOIN task_contents ON task_id = id
      WHERE idempotency_hash = \(idempotencyHash)
      """)
    guard let row else { return nil }
    guard try row.digest("request_hash") == task.requestHash else {
      throw MeshError(
        .conflict, "the Idempotency-Key was used for another request", hint: "Give each request a key of its own.")
    }
    return try TaskRecord(row)
  }

  private func checkIdentifiers() throws {
    let row = try connection.row(
      "SELECT id FROM tasks WHERE request_id = \(task.requestID) OR call_id = \(task.callID) LIMIT 1")
    guard row != nil else { return }
    throw MeshError(
      .conflict, "the request id '\(task.requestID)', or its call id, is in use", hint: "Choose another one.")
  }

  private func checkOpenTasks() throws {
    let last = try connection.row(
      """
      SELECT id FROM tasks WHERE agent = \(task.agent) AND ended_at IS NULL
      LIMIT 1 OFFSET \(TaskLimits.openTasks - 1)
      """)
    guard last != nil else { return }
    throw MeshError(
      .tooManyRequests, "the agent has \(TaskLimits.openTasks) requests under way already", hint: "Try again later.",
      headers: ["Retry-After": "10"])
  }

  /// The oldest request that fills a quota says when there is room again.
  private func checkQuota() throws {
    guard let quota = task.quota else { return }
    let (hour, day) = (task.createdAt.addingTimeInterval(-3_600), task.createdAt.addingTimeInterval(-86_400))
    if quota.callsPerHour > 0 {
      let oldest = try connection.row(
        """
        SELECT created_at FROM tasks WHERE agent = \(task.agent) AND created_at > \(hour)
        ORDER BY created_at DESC LIMIT 1 OFFSET \(quota.callsPerHour - 1)
        """)
      try Self.refuse(oldest, since: hour, "the agent takes \(quota.callsPerHour) requests an hour")
    }
    if quota.callsPerAccountPerDay > 0 {
      let oldest = try connection.row(
        """
        SELECT created_at FROM tasks
        WHERE agent = \(task.agent) AND caller_account IS NOT DISTINCT FROM \(task.callerAccount)
          AND created_at > \(day)
        ORDER BY created_at DESC LIMIT 1 OFFSET \(quota.callsPerAccountPerDay - 1)
        """)
      try Self.refuse(oldest, since: day, "the agent takes \(quota.callsPerAccountPerDay) requests of an account a day")
    }
  }

  private static func refuse(_ oldest: SQLRow?, since start: Date, _ reason: Message) throws {
    guard let oldest else { return }
    let wait = max(1, Int(try oldest.date("created_at").timeIntervalSince(start).rounded(.up)))
    throw MeshError(
      .tooManyRequests, reason, hint: "Try again in \(wait) seconds.", headers: ["Retry-After": "\(wait)"])
  }

  /// - Returns: Its number.
  private func insert() throws -> Int64 {
    let row = try connection.row(
      """
      INSERT INTO tasks (request_id, call_id, agent, session_key, caller_account, caller_agent, kind, is_async, title,
        callback_url, hops, idempotency_hash, request_hash, attempt, generation, is_accepted, is_cancelled,
        committed_source, last_sequence, content_bytes, text_bytes, is_trimmed, created_at)
      VALUES (\(task.requestID), \(task.callID), \(task.agent), \(task.sessionKey), \(task.callerAccount),
        \(task.callerAgent), \(task.kind.rawValue), \(task.isAsync), \(task.title), \(task.callbackURL), \(task.hops),
        \(idempotencyHash), \(task.requestHash), 1, 0, 0, 0, 0, 0, \(task.contentBytes), 0, 0,
        \(task.createdAt))
      RETURNING id
      """)
    guard let id = try row?.integer("id") else { throw StoreFailure.corrupt("a task got no number") }
    try connection.execute(
      "INSERT INTO task_contents (task_id, content, details) VALUES (\(id), \(task.content), \(task.details))")
    return id
  }
}
