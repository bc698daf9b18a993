import BridgeProtocol
import HTTPTransport
import Skills

/// The connection of one agent to its bridge, for as long as the agent is to be online.
///
/// `LinkState` decides everything; here are the clock, the sockets, the journal and the runs that it decides about. What
/// the agent answers is in the journal before it is sent, so that a lost connection and the end of this process lose
/// nothing that was written.
package actor AgentLink {
  /// What is done beside the decisions.
  private enum Job: Sendable {
    case dial
    case run(RequestMessage, until: AsyncStream<Void>)
    case wake(at: Duration)
    case stop
    case announce([CarriedSkill])
  }

  private static let dialTimeout = Duration.seconds(15)
  /// For the last frames of a link that is being ended.
  private static let farewell = Duration.seconds(5)
  /// Between two looks at the clock, whatever the state asks for.
  private static let shortestWait = Duration.milliseconds(10)

  private let transport: HTTPTransport
  private let url: HTTPURL
  private let journal: LinkJournal
  private let runner: any AgentRunner
  private let report: @Sendable (LinkNews) -> Void
  private let jobs: AsyncStream<Job>
  private let orders: AsyncStream<Job>.Continuation
  private let clock = LinkClock()

  private var state: LinkState
  private var queue: RunQueue
  /// Events that the state has not seen yet, while it is at another.
  private var events: [LinkState.Event] = []
  private var isDeciding = false
  private var armed: Duration?
  private var lines = LinkLines()
  private var dialCount = 0
  /// What ends each run, by request.
  private var runs: [String: AsyncStream<Void>.Continuation] = [:]
  private var ending: LinkEnding?

  /// - Parameters:
  ///   - runner: Answers the requests.
  ///   - report: Told what happens; it returns at once.
  /// - Throws: `usage` for an agent whose name cannot be in an address.
  package init(
    transport: HTTPTransport, bridge: BridgeAddress, identity: LinkState.Identity, journal: LinkJournal,
    limits: RunQueue.Limits = RunQueue.Limits(), runner: any AgentRunner,
    report: @escaping @Sendable (LinkNews) -> Void = { _ in }
  ) throws(MeshError) {
    self.transport = transport
    url = try bridge.url(of: identity.agentId)
    self.journal = journal
    self.runner = runner
    self.report = report
    queue = RunQueue(limits)
    state = LinkState(
      identity: identity, connEpoch: 1, journal: journal.requests, jitter: { Double.random(in: $0) })
    (jobs, orders) = AsyncStream.makeStream()
  }

  /// Keeps the agent online until it is stopped, or the bridge refuses it for good.
  ///
  /// When the task is cancelled the link stops: callers whose requests run get an error, and the connection is closed.
  package func run() async -> LinkEnding {
    // Owned here: what is left to say is said also after the cancellation.
    let work = Task { await serve() }
    return await withTaskCancellationHandler {
      await work.value
    } onCancel: {
      stop()
    }
  }

  /// Ends the link as a cancellation does.
  package nonisolated func stop() { orders.yield(.stop) }

  /// Announces skills in the place of those before.
  package nonisolated func announce(_ skills: [CarriedSkill]) { orders.yield(.announce(skills)) }

  private func serve() async -> LinkEnding {
    failInterruptedRuns()
    decide(.start)
    await withDiscardingTaskGroup { group in
      for await job in jobs {
        group.addTask { await self.carryOut(job) }
      }
      await farewell()
      group.cancelAll()
    }
    return ending ?? .stopped
  }

  private func carryOut(_ job: Job) async {
    switch job {
    case .dial: await connect()
    case .run(let message, let stopped): await work(on: message, until: stopped)
    case .wake(let time): await wake(at: time)
    case .stop: decide(.stop)
    case .announce(let skills): decide(.skills(skills))
    }
  }

  // MARK: - Decisions

  /// Lets the state decide about an event, and does what it says.
  private func decide(_ event: LinkState.Event) {
    events.append(event)
    guard !isDeciding else { return }
    isDeciding = true
    defer { isDeciding = false }
    while !events.isEmpty {
      for action in state.handle(events.removeFirst(), at: clock.now) { perform(action) }
    }
    arm()
  }

  private func perform(_ action: LinkState.Action) {
    switch action {
    case .dial: orders.yield(.dial)
    case .close(let code): lines.close(code)
    case .send(let frame): lines.send(FrameCoding.encode(frame))
    case .recordStart(let message): start(message)
    case .journal(let entry): record(entry)
    case .readJournal(let requestId, let attempt, let from): readJournal(requestId, attempt, from)
    case .discard(let requestId, let attempt, let through):
      trying { () throws(MeshError) in try journal.discard(requestId, attempt: attempt, through: through) }
    case .cancelRun(let requestId): cancelRun(requestId)
    case .online: report(.online)
    case .offline(let reason): report(.offline(reason))
    case .ended(let ending): end(ending)
    }
  }

  private func end(_ ending: LinkEnding) {
    guard self.ending == nil else { return }
    self.ending = ending
    for run in runs.values { run.finish() }
    lines.finish()
    orders.finish()
  }

  /// Gives the last frames time to go.
  private func farewell() async {
    let deadline = ContinuousClock.now + Self.farewell
    while !(lines.isEmpty && runs.isEmpty), ContinuousClock.now < deadline {
      do { try await Task.sleep(for: Self.shortestWait) } catch { return }
    }
  }

  // MARK: - Time

  /// Sees to it that the state is asked again when it wants to be.
  private func arm() {
    guard let due = [state.deadline, queue.deadline].compactMap(\.self).min() else { return }
    if let armed, armed <= due { return }
    armed = due
    orders.yield(.wake(at: due))
  }

  private func wake(at time: Duration) async {
    do { try await Task.sleep(for: max(time - clock.now, Self.shortestWait)) } catch { return }
    if armed == time { armed = nil }
    let now = clock.now
    for message in queue.expired(at: now) { refuse(message, "no run became free in time") }
    if clock.hasSlept() { decide(.woke) }
    if let deadline = state.deadline, deadline <= now { decide(.timer) } else { arm() }
  }

  // MARK: - Journal

  /// Runs that an earlier process had begun: they cannot be gone on with, and must not begin again.
  private func failInterruptedRuns() {
    for request in journal.requests where request.isRunning {
      decide(
        .output(
          requestId: request.requestId, attempt: request.attempt,
          .failed(code: BridgeErrorCode.adapterCrash.rawValue, message: "the agent was restarted meanwhile")))
    }
  }

  private func start(_ message: RequestMessage) {
    let isRecorded = trying { () throws(MeshError) in try journal.start(message) }
    decide(.started(requestId: message.requestId, attempt: message.attempt ?? 1))
    guard isRecorded else { return fail(message, .internalError, "the agent cannot record requests") }
    guard queue.add(message, at: clock.now) else { return refuse(message, "too many requests wait") }
    startRuns()
  }

  private func record(_ entry: LinkState.JournalEntry) {
    do throws(MeshError) {
      try journal.append(entry)
    } catch {
      report(.trouble(error.message))
      // Its end is sent all the same, on this connection.
      if entry.frame.isEnding { return }
      let code = error.code == .payloadTooLarge ? BridgeErrorCode.payloadTooLarge : .internalError
      decide(
        .output(
          requestId: entry.requestId, attempt: entry.attempt, .failed(code: code.rawValue, message: error.message)))
      runs[entry.requestId]?.finish()
    }
  }

  private func readJournal(_ requestId: String, _ attempt: Int, _ from: Int) {
    var entries: [LinkState.JournalEntry] = []
    trying { () throws(MeshError) in entries = try journal.entries(of: requestId, attempt: attempt, from: from) }
    decide(.journaled(requestId: requestId, attempt: attempt, entries: entries))
  }

  @discardableResult
  private func trying(_ body: () throws(MeshError) -> Void) -> Bool {
    do throws(MeshError) {
      try body()
      return true
    } catch {
      report(.trouble(error.message))
      return false
    }
  }

  // MARK: - Runs

  private func startRuns() {
    for message in queue.next() {
      let (stopped, continuation) = AsyncStream<Void>.makeStream()
      runs[message.requestId] = continuation
      orders.yield(.run(message, until: stopped))
    }
  }

  private func work(on message: RequestMessage, until stopped: AsyncStream<Void>) async {
    report(.started(requestId: message.requestId))
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [runner] in await runner.run(message) { event in await self.output(event, of: message) } }
      group.addTask { for await _ in stopped {} }
      await group.next()
      group.cancelAll()
    }
    // Without effect after the end that the run itself has told.
    fail(message, .cancelled, "the run was ended")
    runs[message.requestId] = nil
    queue.finish(message.requestId)
    report(.finished(requestId: message.requestId))
    if ending == nil { startRuns() }
  }

  private func output(_ event: RunEvent, of message: RequestMessage) async {
    decide(.output(requestId: message.requestId, attempt: message.attempt ?? 1, event))
    while lines.isFull {
      await withCheckedContinuation { lines.wait($0) }
    }
  }

  private func cancelRun(_ requestId: String) {
    if queue.withdraw(requestId) == nil { runs[requestId]?.finish() }
  }

  private func refuse(_ message: RequestMessage, _ reason: String) { fail(message, .agentBusy, reason) }

  private func fail(_ message: RequestMessage, _ code: BridgeErrorCode, _ reason: String) {
    decide(
      .output(
        requestId: message.requestId, attempt: message.attempt ?? 1, .failed(code: code.rawValue, message: reason)))
  }

  // MARK: - Connection

  private func connect() async {
    dialCount += 1
    let number = dialCount
    let socket: WebSocketConnection
    do throws(TransportError) {
      socket = try await transport.webSocket(
        HTTPRequest(.get, url), protocols: [BridgeExtension.meshV3], timeout: Self.dialTimeout)
    } catch {
      if ending == nil { report(.unreachable(error.message)) }
      return decide(.failedToOpen(isFinal: error.isFinalForLink, reason: "\(error)"))
    }
    let line = LinkLine(number: number, socket: socket)
    guard ending == nil else { return await socket.close(CloseCode.normal.rawValue, reason: "") }
    lines.add(line)
    decide(.opened)
    let code = await withTaskGroup(of: Void.self, returning: CloseCode?.self) { group in
      group.addTask { await line.send { count in await self.sent(count, over: number) } }
      return await line.receive { bytes in await self.received(bytes, over: number) }
    }
    if lines.remove(number) { decide(.closed(code)) }
  }

  private func received(_ bytes: [UInt8], over number: Int) {
    guard lines.isCurrent(number) else { return }
    do throws(FrameRefusal) {
      decide(.received(try FrameCoding.bridgeFrame(bytes)))
    } catch {
      report(.trouble("the bridge sent a frame that is not understood: \(error)"))
    }
  }

  private func sent(_ count: Int, over number: Int) { lines.sent(count, over: number) }
}
