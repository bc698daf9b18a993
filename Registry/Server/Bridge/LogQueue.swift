import BridgeProtocol

/// What of one agent is on its way into the log, and who waits for room on that way.
struct LogQueue {
  typealias Waiting = CheckedContinuation<Void, Never>

  /// What is written together.
  struct Batch {
    var entries: [PendingEntry]
    var skills: [CarriedSkill]?
  }

  /// Bytes that may be on their way before the agent is read no further.
  private static let limit = 1 << 20
  /// Entries that go into the log at once, and the rest of the frame of the last one.
  private static let batch = 512

  /// The skills that the agent announced last, until they are written.
  var announced: [CarriedSkill]?
  private var entries: [PendingEntry] = []
  /// Of entries that are not committed yet, those included that are being written.
  private var bytes = 0
  private var isWriting = false
  /// Nothing is written any more.
  private var hasStopped = false
  private var waiting: [Waiting] = []

  var isIdle: Bool { entries.isEmpty && !isWriting }

  mutating func add(_ entry: PendingEntry) {
    entries.append(entry)
    bytes += entry.cost
  }

  /// Whether there is room; otherwise the continuation is given back once there is.
  mutating func hasRoom(orResumes continuation: Waiting) -> Bool {
    if hasStopped || bytes <= Self.limit { return true }
    waiting.append(continuation)
    return false
  }

  /// - Returns: Whether nobody writes yet, so that the caller has to.
  mutating func beginWriting() -> Bool {
    if isWriting { return false }
    isWriting = true
    return true
  }

  /// What is to be written next; nil ends the writing.
  mutating func next() -> Batch? {
    let batch = Batch(entries: Array(entries.prefix(nextCount)), skills: announced)
    entries.removeFirst(batch.entries.count)
    // An agent that is idle keeps no room for entries.
    if entries.isEmpty { entries = [] }
    announced = nil
    isWriting = !batch.entries.isEmpty || batch.skills != nil
    return isWriting ? batch : nil
  }

  /// What came in one frame goes in at once: an agent sends again the whole of what is only half in the log.
  private var nextCount: Int {
    var count = min(entries.count, Self.batch)
    while count > 0, count < entries.count, entries[count - 1].goesOn { count += 1 }
    return count
  }

  /// They are in the log.
  ///
  /// - Returns: Who need not wait any more.
  mutating func settle(_ written: [PendingEntry]) -> [Waiting] {
    for entry in written { bytes -= entry.cost }
    return bytes <= Self.limit ? takeWaiting() : []
  }

  /// - Returns: Who waits in vain.
  mutating func stop() -> [Waiting] {
    hasStopped = true
    return takeWaiting()
  }

  private mutating func takeWaiting() -> [Waiting] {
    defer { waiting = [] }
    return waiting
  }
}
