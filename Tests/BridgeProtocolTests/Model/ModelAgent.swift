import BridgeProtocol

/// The agent's machine with a disk, and runtimes that say what their script says.
struct ModelAgent {
  struct Stored {
    var sessionId: String
    var attempt: Int
    var acked = 0
    var last = 0
    var entries: [Int: LinkState.JournalEntry] = [:]
    var isEnded = false
  }

  var link: LinkState
  /// Survives a crash.
  var disk: [String: Stored] = [:]
  var epoch = 0
  private var timings: BridgeTimings
  /// What a crash loses.
  var runtimes: [String: (attempt: Int, script: ArraySlice<RunEvent>)] = [:]
  var answers: [LinkState.Event] = []

  /// What the runtimes have said, and how often each attempt was started.
  var emitted: [String: String] = [:]
  var starts: [String: Int] = [:]
  var frames: [AgentFrame] = []
  var dials = 0
  var wantsClose = false
  var failures: [String] = []

  init(timings: BridgeTimings) {
    self.timings = timings
    link = Self.link(timings, epoch: 0, journal: [])
  }

  private static func link(
    _ timings: BridgeTimings, epoch: Int, journal: [LinkState.JournaledRequest]
  ) -> LinkState {
    LinkState(
      identity: .init(agentId: "a", token: "t", agentType: "exec", instanceId: "i\(epoch)"), timings: timings,
      connEpoch: epoch, journal: journal, jitter: { ($0.lowerBound + $0.upperBound) / 2 })
  }

  mutating func crash(at now: Duration) {
    (runtimes, answers, frames, dials, wantsClose) = ([:], [], [], 0, false)
    epoch += 1
    let journal = disk.sorted { $0.key < $1.key }.map { id, stored in
      LinkState.JournaledRequest(
        requestId: id, sessionId: stored.sessionId, attempt: stored.attempt, acked: stored.acked, last: stored.last,
        isRunning: !stored.isEnded)
    }
    link = Self.link(timings, epoch: epoch, journal: journal)
    handle(.start, at: now)
    for request in journal where request.isRunning {
      handle(
        .output(
          requestId: request.requestId, attempt: request.attempt,
          .failed(code: "adapter_crash", message: "The runtime is gone")), at: now)
    }
  }

  mutating func runStep(_ id: String, at now: Duration) {
    guard var runtime = runtimes[id], let event = runtime.script.popFirst() else { return }
    if case .text(let text) = event { emitted[id, default: ""] += text }
    runtimes[id] = runtime.script.isEmpty ? nil : runtime
    handle(.output(requestId: id, attempt: runtime.attempt, event), at: now)
  }

  mutating func handle(_ event: LinkState.Event, at now: Duration) {
    for action in link.handle(event, at: now) { perform(action) }
  }

  private mutating func perform(_ action: LinkState.Action) {
    switch action {
    case .dial: dials += 1
    case .close: wantsClose = true
    case .send(let frame): send(frame)
    case .recordStart(let message): start(message)
    case .journal(let entry):
      if disk[entry.requestId]?.last != entry.seq - 1 { failures.append("journal has a gap at \(entry.seq)") }
      disk[entry.requestId]?.entries[entry.seq] = entry
      disk[entry.requestId]?.last = entry.seq
      if entry.frame.isEnding { disk[entry.requestId]?.isEnded = true }
    case .readJournal(let id, let attempt, let from):
      let stored = (from..<from + 3).compactMap { disk[id]?.entries[$0] }
      answers.append(.journaled(requestId: id, attempt: attempt, entries: stored))
    case .discard(let id, _, let through):
      if through == .max { disk[id] = nil } else { discard(id, through) }
    case .cancelRun(let id): runtimes[id] = nil
    case .ended(let ending): failures.append("the link ended: \(ending)")
    case .online, .offline: break
    }
  }

  private mutating func send(_ frame: AgentFrame) {
    if case .chunk(let chunk) = frame, disk[chunk.requestId]?.entries[chunk.seq ?? 0] == nil {
      failures.append("a frame was sent that is not in the journal")
    }
    frames.append(frame)
  }

  private mutating func start(_ message: RequestMessage) {
    let id = message.requestId
    starts["\(id)#\(message.attempt ?? 1)", default: 0] += 1
    disk[id] = Stored(sessionId: message.sessionId, attempt: message.attempt ?? 1)
    runtimes[id] = (message.attempt ?? 1, ArraySlice(Self.script(of: message)))
    answers.append(.started(requestId: id, attempt: message.attempt ?? 1))
  }

  private mutating func discard(_ id: String, _ through: Int) {
    disk[id]?.acked = through
    let kept = disk[id]?.entries.filter { $0.key > through }
    disk[id]?.entries = kept ?? [:]
  }

  /// Every word names its request, so that a word in another log is seen.
  static func script(of message: RequestMessage) -> [RunEvent] {
    let count = message.content.utf8.count
    return (0..<count).map { .text("\(message.requestId):\($0);") } + [.done(attachments: [])]
  }

  static func answer(to message: RequestMessage) -> String {
    script(of: message).map { if case .text(let text) = $0 { text } else { "" } }.joined()
  }
}
