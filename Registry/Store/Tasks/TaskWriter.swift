import Foundation

/// Appends to the log, in a transaction of it.
struct TaskWriter {
  let connection: any SQLConnection

  func append(_ entry: TaskAppend) throws -> AppendOutcome {
    if !entry.isTooLarge, let event = try commit(entry) { return .appended(event) }
    guard let progress = try progress(of: entry.requestID) else { return .refused(.unknownTask) }
    if let outcome = progress.outcome(of: entry) { return outcome }
    try adopt(entry, progress)
    guard let event = try commit(progress.hasRoom(for: entry) ? entry : entry.overflow) else {
      throw StoreFailure.inaccessible("a task changed while it was written to")
    }
    return .appended(event)
  }

  /// Takes the next number and enters the event under it; nil when the task is not as the entry needs it.
  private func commit(_ entry: TaskAppend) throws -> TaskEvent? {
    let start: Date? = entry.isFromAgent ? entry.at : nil
    let claimed = try connection.row(
      """
      UPDATE tasks SET last_sequence = last_sequence + 1,
        committed_source = coalesce(\(entry.sourceSequence), committed_source),
        text_bytes = text_bytes + \(entry.textBytes),
        started_at = coalesce(started_at, \(start))
      WHERE request_id = \(entry.requestID) AND ended_at IS NULL AND attempt = \(entry.attempt)
        AND generation = coalesce(\(entry.generation), generation)
        AND committed_source + 1 = coalesce(\(entry.sourceSequence), committed_source + 1)
        AND last_sequence < \(entry.eventLimit) AND text_bytes + \(entry.textBytes) <= \(TaskLimits.textBytes)
      RETURNING id, last_sequence
      """)
    guard let claimed else { return nil }
    let (id, sequence) = try (claimed.integer("id"), Int(claimed.integer("last_sequence")))
    try connection.execute(
      """
      INSERT INTO task_events (task_id, sequence, is_ending, created_at, body)
      VALUES (\(id), \(sequence), \(entry.ending != nil), \(entry.at), \(entry.body))
      """)
    if entry.accepts { try connection.execute("UPDATE tasks SET is_accepted = 1 WHERE id = \(id)") }
    if let ending = entry.ending { try end(id, with: ending, of: entry) }
    return TaskEvent(
      requestID: entry.requestID, sequence: sequence, body: entry.body, isEnding: entry.ending != nil,
      at: entry.at.asStored)
  }

  private func end(_ id: Int64, with ending: TaskEnding, of entry: TaskAppend) throws {
    var failure: (code: String, message: String)?
    if case .failed(let code, let message) = ending {
      failure = (Self.kept(code, atMost: 100), Self.kept(message, atMost: 2_000))
    }
    try connection.execute(
      """
      UPDATE tasks SET ended_at = \(entry.at), error_code = \(failure?.code), error_message = \(failure?.message)
      WHERE id = \(id)
      """)
  }

  /// The beginning of what an agent says, without zeros: no text of PostgreSQL can have one.
  private static func kept(_ text: String, atMost count: Int) -> String {
    String(text.prefix(count).map { character -> Character in character == "\0" ? "\u{FFFD}" : character })
  }

  private func progress(of requestID: String) throws -> TaskProgress? {
    let row = try connection.row(
      """
      SELECT id, agent, attempt, generation, committed_source, last_sequence, text_bytes, ended_at FROM tasks
      WHERE request_id = \(requestID)
      """)
    return try row.map(TaskProgress.init)
  }

  /// Lets a newer attempt begin, and shuts older connections of the agent out of all of its tasks.
  private func adopt(_ entry: TaskAppend, _ progress: TaskProgress) throws {
    if let generation = entry.generation, generation > progress.generation {
      try connection.execute(
        """
        UPDATE tasks SET generation = \(generation)
        WHERE agent = \(progress.agent) AND ended_at IS NULL AND generation < \(generation)
        """)
    }
    if entry.attempt > progress.attempt {
      try connection.execute(
        """
        UPDATE tasks SET attempt = \(entry.attempt), committed_source = 0, is_accepted = 0
        WHERE id = \(progress.id)
        """)
    }
  }
}
