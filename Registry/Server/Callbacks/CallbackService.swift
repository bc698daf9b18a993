import Logging
import RegistryStore
import ServiceLifecycle
import Synchronization

/// Makes the calls that are due, a few at a time and one of each account, and has those entered that tasks owe.
///
/// Looks every second, since what is due comes by its time, and every moment that a call has ended: the next one of the
/// account need not wait.
///
/// What is under way when the server stops is finished; what a crash cuts off is made again under the same id.
final class CallbackService: Service, Sendable {
  private static let interval = Duration.seconds(1)
  private static let concurrency = 4
  private static let batch = 100

  private let callbacks: Callbacks
  private let tasks: TaskLog
  private let agents: Agents
  private let logger: Logger
  private let busy = Mutex<Set<AccountID>>([])

  init(callbacks: Callbacks, store: RegistryStore, logger: Logger) {
    self.callbacks = callbacks
    self.logger = logger
    (tasks, agents) = (store.tasks, store.agents)
  }

  func run() async {
    let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withDiscardingTaskGroup { group in
      group.addTask { await self.keepTime(wake) }
      for await _ in wakes {
        await attempt("entering callbacks of tasks failed", enterOwed)
        for delivery in await due() {
          group.addTask {
            await self.deliver(delivery)
            wake.yield()
          }
        }
      }
    }
  }

  private func keepTime(_ wake: AsyncStream<Void>.Continuation) async {
    var goesOn = true
    while goesOn {
      wake.yield()
      // Only the wait is cut short: a transaction that others share must not be.
      goesOn = await cancelWhenGracefulShutdown { (try? await Task.sleep(for: Self.interval)) != nil }
    }
    wake.finish()
  }

  /// The log forgets what it owes only once that is in the queue.
  private func enterOwed() async throws {
    let owed = try await tasks.owedCallbacks(limit: Self.batch)
    if owed.isEmpty { return }
    for id in owed {
      do {
        guard let task = try await tasks.task(id), let account = try await account(of: task) else { continue }
        try await callbacks.report(task, to: account, from: tasks)
      } catch let error where Self.isDamage(error) {
        // Another time it would fail the same.
        let metadata: Logger.Metadata = ["task.id": "\(id)", "error": "\(error)"]
        logger.error("nobody is told of the end of a damaged task", metadata: metadata)
      }
    }
    try await tasks.settleCallbacks(of: owed)
  }

  private static func isDamage(_ error: any Error) -> Bool {
    if case StoreFailure.corrupt = error { return true }
    return error is DecodingError
  }

  /// That of the caller; where a platform has called, that of the agent's owner.
  private func account(of task: TaskRecord) async throws -> AccountID? {
    if let caller = task.callerAccount { return AccountID(caller) }
    guard let agent = AgentID(parsing: task.agent) else { return nil }
    return try await agents.ownerAccount(of: agent)
  }

  private func due() async -> [WebhookDelivery] {
    let busy = busy.withLock { $0 }
    var due: [WebhookDelivery] = []
    await attempt("looking for due callbacks failed") {
      let free = Self.concurrency - busy.count
      if free > 0 { due = try await callbacks.due(limit: free, except: busy) }
    }
    self.busy.withLock { $0.formUnion(due.map(\.account)) }
    return due
  }

  private func deliver(_ delivery: WebhookDelivery) async {
    await attempt("noting a callback failed") {
      guard let reason = try await callbacks.deliver(delivery) else { return }
      let metadata: Logger.Metadata = [
        "callback.id": "\(delivery.id)", "callback.attempt": "\(delivery.attempt)", "reason": "\(reason)",
      ]
      logger.info("a callback was not taken", metadata: metadata)
    }
    busy.withLock { _ = $0.remove(delivery.account) }
  }

  private func attempt(_ failure: Logger.Message, _ work: () async throws -> Void) async {
    do {
      try await work()
    } catch {
      if !Task.isCancelled { logger.error(failure, metadata: ["error": "\(error)"]) }
    }
  }
}
