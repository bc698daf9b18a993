import BridgeProtocol

/// What is known of one file of a journal.
struct JournaledAttempt {
  /// Every so many bytes the place of a frame is remembered.
  private static let markDistance = 1 << 16

  let start: JournalRecord.Start
  /// Bytes of the file.
  private(set) var size = 0
  private(set) var acknowledged = 0
  private(set) var last = 0
  private(set) var isEnded = false
  /// Bytes of the file that were there when it was last written anew.
  private(set) var cleanSize = 0
  private var marks: [(seq: Int, offset: Int)] = []

  init(start: JournalRecord.Start, size: Int) {
    self.start = start
    self.size = size
    cleanSize = size
  }

  /// What records say that were read; nil when they do not begin with a start.
  init?(_ records: [(record: JournalRecord, size: Int)]) {
    guard let first = records.first, let start = first.record.start else { return nil }
    self.init(start: start, size: first.size)
    for (record, size) in records.dropFirst() {
      if let entry = record.entry { add(entry, size: size) } else { self.size += size }
      if let number = record.acknowledged { acknowledge(number) }
    }
    cleanSize = self.size
  }

  mutating func add(_ entry: LinkState.JournalEntry, size: Int) {
    if marks.last.map({ self.size - $0.offset >= Self.markDistance }) ?? true { marks.append((entry.seq, self.size)) }
    self.size += size
    last = max(last, entry.seq)
    isEnded = isEnded || entry.frame.isEnding
  }

  mutating func acknowledge(_ seq: Int) {
    acknowledged = max(acknowledged, seq)
    last = max(last, acknowledged)
  }

  /// Whether nothing of it is needed any more.
  var isComplete: Bool { isEnded && acknowledged >= last }

  /// An offset at or before that of a frame.
  func offset(of seq: Int) -> Int {
    marks.last { $0.seq <= seq }?.offset ?? marks.first?.offset ?? size
  }

  var request: LinkState.JournaledRequest {
    LinkState.JournaledRequest(
      requestId: start.requestId, sessionId: start.sessionId, attempt: start.attempt, acked: acknowledged, last: last,
      isRunning: !isEnded)
  }
}
