import BridgeProtocol
import HTTPTransport
import Skills

/// The connection of one agent to its bridge, for as long as the agent is to be online.
///
/// `LinkState` decides everything; here are the clock, the sockets, the journal and the runs that it decides about. What
/// the agent answers is in the journal before it is sent, so that a lost connection and the end of this process lose
/// nothing that was written.
package actor AgentLink {
  /// For the last frames of a link that is being ended.
  private static let farewell = Duration.seconds(5)
  /// Between two looks at the clock, whatever the state asks for.
  private static let shortestWait = Duration.milliseconds(10)

  private let dialer: LinkDialer
  private let recorder: LinkRecorder
  private let runner: any AgentRunner
  private let report: @Sendable (LinkNews) -> Void
  private let jobs: AsyncStream<LinkJob>
  private let orders: AsyncStream<LinkJob>.Continuation
  private let clock = LinkClock()

  private var state: LinkState
  private var runs: LinkRuns
  /// Events that the state has not seen yet, while it is at another.
  private var events: [LinkState.Event] = []
  private var isDeciding = false
  private var armed: Duration?
  private var lines = LinkLines()
  private var dialCount = 0
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
    dialer = LinkDialer(transport: transport, url: try bridge.url(of: identity.agentId))
    recorder = LinkRecorder(journal: journal, report: report)
    self.runner = runner
    self.report = report
    runs = LinkRuns(limits)
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

  private func carryOut(_ job: LinkJob) async {
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
    case .readJournal(let requestId, let attempt, let from):
      let entries = recorder.entries(of: requestId, attempt: attempt, from: from)
      decide(.journaled(requestId: requestId, attempt: attempt, entries: entries))
    case .discard(let requestId, let attempt, let through):
      recorder.discard(requestId, attempt: attempt, through: through)
    case .cancelRun(let requestId): runs.cancel(requestId)
    case .online: report(.online)
    case .offline(let reason): report(.offline(reason))
    case .ended(let ending): end(ending)
    }
  }

  private func end(_ ending: LinkEnding) {
    guard self.ending == nil else { return }
    self.ending = ending
    runs.stopAll()
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
    guard let due = [state.deadline, runs.deadline].compactMap(\.self).min() else { return }
    if let armed, armed <= due { return }
    armed = due
    orders.yield(.wake(at: due))
  }

  private func wake(at time: Duration) async {
    do { try await Task.sleep(for: max(time - clock.now, Self.shortestWait)) } catch { return }
    if armed == time { armed = nil }
    let now = clock.now
    for message in runs.expired(at: now) { fail(message, .agentBusy, "no run became free in time") }
    if clock.hasSlept() { decide(.woke) }
    if let deadline = state.deadline, deadline <= now { decide(.timer) } else { arm() }
  }

  // MARK: - Journal

  private func failInterruptedRuns() {
    for run in recorder.interruptedRuns {
      fail(run.requestId, run.attempt, .adapterCrash, "the agent was restarted meanwhile")
    }
  }

  private func record(_ entry: LinkState.JournalEntry) {
    guard let failure = recorder.append(entry) else { return }
    decide(.output(requestId: entry.requestId, attempt: entry.attempt, failure))
    runs.stop(entry.requestId)
  }

  // MARK: - Runs

  private func start(_ message: RequestMessage) {
    let isRecorded = recorder.start(message)
    decide(.started(requestId: message.requestId, attempt: message.attempt ?? 1))
    guard isRecorded else { return fail(message, .internalError, "the agent cannot record requests") }
    guard runs.add(message, at: clock.now) else { return fail(message, .agentBusy, "too many requests wait") }
    startRuns()
  }

  private func startRuns() {
    for (message, stopped) in runs.next() { orders.yield(.run(message, until: stopped)) }
  }

  private func work(on message: RequestMessage, until stopped: AsyncStream<Void>) async {
    report(.started(requestId: message.requestId))
    await runner.run(message, until: stopped) { event in await self.output(event, of: message) }
    // Without effect after the end that the run itself has told.
    fail(message, .cancelled, "the run was ended")
    runs.finish(message.requestId)
    report(.finished(requestId: message.requestId))
    if ending == nil { startRuns() }
  }

  private func output(_ event: RunEvent, of message: RequestMessage) async {
    decide(.output(requestId: message.requestId, attempt: message.attempt ?? 1, event))
    while lines.isFull {
      await withCheckedContinuation { lines.wait($0) }
    }
  }

  private func fail(_ message: RequestMessage, _ code: BridgeErrorCode, _ reason: String) {
    fail(message.requestId, message.attempt ?? 1, code, reason)
  }

  private func fail(_ requestId: String, _ attempt: Int, _ code: BridgeErrorCode, _ reason: String) {
    decide(.output(requestId: requestId, attempt: attempt, .failed(code: code.rawValue, message: reason)))
  }

  // MARK: - Connection

  private func connect() async {
    dialCount += 1
    let number = dialCount
    let line: LinkLine
    do throws(TransportError) {
      line = try await dialer.dial(number: number)
    } catch {
      if ending == nil { report(.unreachable(error.message)) }
      return decide(.failedToOpen(isFinal: error.isFinalForLink, reason: "\(error)"))
    }
    guard ending == nil else { return await line.close() }
    lines.add(line)
    decide(.opened)
    let code = await line.run(
      received: { bytes in await self.received(bytes, over: number) },
      sent: { count in await self.sent(count, over: number) })
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
