import BridgeProtocol
import Foundation
import Logging
import RegistryAPI
import RegistryStore
import Skills
import Synchronization

/// Connects callers with agents: a relay for each agent with a socket or open requests, and the readers of their tasks.
final class Bridge: Sendable {
  let store: RegistryStore
  let feed = TaskFeed()
  let signals = SignalBuffers()
  let review: ConnectionReview
  let now: @Sendable () -> Date
  let logger: Logger
  /// What the service of the bridge runs: at most one write of each relay, and a few questions of each agent.
  let jobs: AsyncStream<RelayEnvironment.Job>
  private let addJob: AsyncStream<RelayEnvironment.Job>.Continuation
  let clock = BridgeClock()
  private let relays = Mutex<[String: Relay]>([:])
  private let online = Mutex<Set<String>>([])
  private let lastConnection = Atomic<UInt64>(0)
  private let draining = Atomic(false)

  init(
    store: RegistryStore, configuration: RegistryConfiguration, now: @escaping @Sendable () -> Date, logger: Logger
  ) {
    self.store = store
    review = ConnectionReview(configuration.limits)
    self.now = now
    self.logger = logger
    let (jobs, addJob) = AsyncStream.makeStream(of: RelayEnvironment.Job.self)
    self.jobs = jobs
    self.addJob = addJob
  }

  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func nextConnection() -> RelayState.ConnectionID { lastConnection.add(1, ordering: .relaxed).newValue }

  /// No job comes any more; those that there are still run.
  func endJobs() { addJob.finish() }

  private var environment: RelayEnvironment {
    RelayEnvironment(
      tasks: store.tasks, feed: feed, signals: signals, clock: clock, now: now, logger: logger,
      run: { [addJob] job in addJob.yield(job) },
      setPresence: { [weak self] agent, isOnline in self?.setPresence(of: agent, isOnline) },
      setSkills: { [weak self] agent, skills in await self?.setSkills(skills, of: agent) },
      answer: { [weak self] agent, question, socket, credentials in
        await self?.answer(question, of: agent, on: socket, credentials)
      })
  }

  private func setPresence(of agent: String, _ isOnline: Bool) {
    online.withLock { online in
      online.remove(agent)
      if isOnline { online.insert(agent) }
    }
  }
}

// MARK: - Relays

extension Bridge {
  func relay(of agent: String) -> Relay {
    relays.withLock { relays -> Relay in
      if let relay = relays[agent] { return relay }
      let relay = Relay(agent: agent, environment: environment)
      relays[agent] = relay
      return relay
    }
  }

  func existingRelay(of agent: String) -> Relay? { relays.withLock { $0[agent] } }

  var allRelays: [Relay] { relays.withLock { Array($0.values) } }

  /// Lets relays know the time, and forgets those of which nothing is to be remembered; several times a second.
  func tick() {
    for relay in allRelays where relay.tick() {
      relays.withLock { relays in
        if relays[relay.agent] === relay { relays[relay.agent] = nil }
      }
    }
  }

  /// Takes up the requests that had not ended when the server stopped, and ends those to agents that were deleted; to
  /// be called before it listens.
  func restore() async throws {
    // Of those who are gone for longer the log knows no task.
    let start = now().addingTimeInterval(-TaskLimits.recordLifetime)
    let deleted = Set(try await store.agents.ended(since: start).agents.map(\.rawValue))
    for agent in try await store.tasks.openAgents() {
      let open = try await store.tasks.open(of: agent)
      let callers = open.compactMap { task in task.owningCaller.map { (task.requestID, $0) } }
      let relay = Relay(
        agent: agent, restoring: open.map(Self.openRequest),
        callers: Dictionary(callers, uniquingKeysWith: { first, _ in first }), environment: environment)
      relays.withLock { $0[agent] = relay }
      relay.handle(deleted.contains(agent) ? .disconnect : .timer)
    }
  }

  private static func openRequest(_ task: TaskRecord) -> RelayState.OpenRequest {
    let details = task.details.flatMap { try? JSONDecoder().decode(RequestMessage.self, from: Data($0.utf8)) }
    var message = details ?? RequestMessage(sessionId: task.sessionKey, requestId: task.requestID, content: "")
    message.content = task.content
    return RelayState.OpenRequest(
      message: message, isAsync: task.isAsync, attempt: task.attempt, isAccepted: task.isAccepted,
      committed: task.committedSource, isCancelled: task.isCancelled)
  }
}

// MARK: - For routes

extension Bridge {
  func isOnline(_ id: String) -> Bool { online.withLock { $0.contains(id) } }

  func onlineIDs() -> Set<String> { online.withLock { $0 } }

  func presence(of id: String) -> AgentPresence { existingRelay(of: id)?.presence ?? AgentPresence(online: false) }

  /// Enters a task in the log, with what its message has beside the content in its details, and sends it to its agent.
  ///
  /// One that was entered by the same idempotency key is left alone.
  func submit(_ task: NewTask, message: RequestMessage) async throws -> TaskRecord {
    var task = task
    var details = message
    details.content = ""
    task.details = String(decoding: try JSONEncoder().encode(details), as: UTF8.self)
    let creation = try await store.tasks.create(task)
    if case .created(let record) = creation {
      while !relay(of: record.agent).submit(message, isAsync: record.isAsync, caller: record.owningCaller) {}
    }
    return creation.task
  }

  /// Asks the agent to stop: its answer ends the task, or the relay does after a while.
  ///
  /// Does nothing to a task that has ended.
  func cancel(_ requestID: String) async throws {
    guard let task = try await store.tasks.task(requestID), try await store.tasks.markCancelled(requestID) else {
      return
    }
    existingRelay(of: task.agent)?.handle(.cancel(requestId: requestID))
  }

  /// The events of a task from a number on, which may be any that a client sends.
  func events(of requestID: String, after: Int) -> TaskEvents {
    TaskEvents(requestID: requestID, after: min(max(0, after), .max - 1), tasks: store.tasks, feed: feed)
  }

  /// Erases, beside everything else, what tasks keep of an account or an agent that was just deleted.
  ///
  /// What cannot be erased yet is erased with what expires.
  func eraseDeleted() {
    addJob.yield { [store, now, logger] in
      do {
        try await store.eraseTasksOfDeleted(at: now())
      } catch {
        logger.error("erasing the tasks of those who were deleted failed", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Ends the connection of an agent; false when it had none.
  func disconnect(_ id: String) async -> Bool {
    guard let relay = existingRelay(of: id), relay.isOnline else { return false }
    return relay.handle(.disconnect)
  }
}

extension TaskRecord {
  /// The account that may be the agent's owner.
  ///
  /// What another agent asks may be the words of anybody who asks that one.
  fileprivate var owningCaller: Int64? { callerAgent == nil ? callerAccount : nil }
}

// MARK: - The end

extension Bridge {
  /// The longest that agents are given to go elsewhere.
  private static let drainTime = Duration.seconds(10)
  /// Of the drain, for each socket: so many do not come back together.
  private static let drainPause = Duration.milliseconds(5)

  /// Asks agents to connect again, ends their sockets a while later, and all readers without an ending of the task.
  ///
  /// No socket is taken from now on; requests are.
  func drain() async {
    draining.store(true, ordering: .relaxed)
    let connected = allRelays.filter(\.hasSockets)
    if !connected.isEmpty {
      let spread = min(Self.drainTime / 2, Self.drainPause * connected.count)
      let longest = Int(spread / .milliseconds(1))
      for relay in connected {
        let pause = Int.random(in: 0...max(1, longest))
        relay.handle(.drain(reconnectAfterMs: pause, deadlineMs: longest + 2_000))
      }
      await wait(atMost: spread + .seconds(2)) { !connected.contains(where: \.hasSockets) }
      for relay in connected { _ = relay.closeAll() }
    }
    feed.close()
  }

  private func wait(atMost time: Duration, until isDone: () -> Bool) async {
    let end = clock.now + time
    while clock.now < end, !isDone() {
      if (try? await Task.sleep(for: .milliseconds(50))) == nil { return }
    }
  }
}
