/// How far a task is, as far as it decides what may be appended.
struct TaskProgress {
  let id: Int64
  let agent: String
  let attempt: Int
  let generation: Int
  private let committedSource: Int
  private let lastSequence: Int
  private let textBytes: Int
  private let isEnded: Bool

  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    agent = try row.text("agent")
    attempt = Int(try row.integer("attempt"))
    generation = Int(try row.integer("generation"))
    committedSource = Int(try row.integer("committed_source"))
    lastSequence = Int(try row.integer("last_sequence"))
    textBytes = Int(try row.integer("text_bytes"))
    isEnded = try row.optional("ended_at", row.date) != nil
  }

  /// Why an entry is not appended; nil when it may be.
  func outcome(of entry: TaskAppend) -> AppendOutcome? {
    if let number = entry.generation, number < generation { return .refused(.oldGeneration) }
    if entry.attempt < attempt { return .refused(.oldAttempt) }
    let committed = entry.attempt > attempt ? 0 : committedSource
    if let source = entry.sourceSequence, source <= committed { return .repeated }
    if isEnded { return .ended }
    if let source = entry.sourceSequence, source > committed + 1 { return .refused(.gap(expected: committed + 1)) }
    return nil
  }

  func hasRoom(for entry: TaskAppend) -> Bool {
    !entry.isTooLarge && lastSequence < entry.eventLimit && textBytes + entry.textBytes <= TaskLimits.textBytes
  }
}
