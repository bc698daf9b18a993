import BridgeProtocol
import Logging
import RegistryStore
import Synchronization

/// The one that writes: at most one at a time, as long as there is something to be written.
extension Relay {
  private static let retryPause = Duration.seconds(1)

  func startWriting(_ core: inout Core) {
    if core.log.beginWriting() { environment.run { await self.write() } }
  }

  private func write() async {
    while let batch = core.withLock({ $0.log.next() }) {
      if let skills = batch.skills { await environment.setSkills(agent, skills) }
      guard await commit(batch.entries) else {
        // The server stops: nobody waits for room any more.
        return resume(core.withLock { $0.log.stop() })
      }
    }
  }

  private func resume(_ waiting: [CheckedContinuation<Void, Never>]) {
    for continuation in waiting { continuation.resume() }
  }

  /// Tries until the log takes them; false when the server stops before.
  private func commit(_ entries: [PendingEntry]) async -> Bool {
    guard !entries.isEmpty else { return true }
    let appends = entries.map { $0.append(at: environment.now()) }
    while true {
      do {
        let outcomes = try await environment.tasks.record(appends)
        environment.feed.publish(outcomes.compactMap(\.event))
        settle(entries, outcomes)
        return true
      } catch {
        environment.logger.error("appending to the task log failed", metadata: ["error": "\(error)"])
        // Cancelled means that the server stops: what is not acknowledged is sent again.
        if (try? await Task.sleep(for: Self.retryPause)) == nil { return false }
      }
    }
  }

  private func settle(_ entries: [PendingEntry], _ outcomes: [AppendOutcome]) {
    resume(
      core.withLock { core -> [LogQueue.Waiting] in
        for (pending, outcome) in zip(entries, outcomes) { settle(pending.entry, outcome, &core) }
        return core.log.settle(entries)
      })
  }

  private func settle(_ entry: RelayState.LogEntry, _ outcome: AppendOutcome, _ core: inout Core) {
    // The log has ended the request, such as one with too much text: the agent need not go on.
    let hasEnded = outcome == .ended || outcome.event?.isEnding == true
    if hasEnded, !entry.event.isEnding { run(.cancel(requestId: entry.requestId), &core) }
    if case .refused(let reason) = outcome {
      let metadata: Logger.Metadata = ["agent.id": "\(agent)", "reason": "\(reason)"]
      environment.logger.warning("the task log refused an event", metadata: metadata)
      return run(.lost(requestId: entry.requestId), &core)
    }
    guard let seq = entry.seq else { return }
    run(
      .committed(requestId: entry.requestId, attempt: entry.attempt, seq: seq, bytes: entry.event.payloadBytes), &core)
  }
}
