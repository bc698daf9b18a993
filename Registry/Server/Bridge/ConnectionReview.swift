import Foundation
import Logging
import RegistryStore
import Synchronization

/// Looks whether agents may stay connected, and ends the connections of those that may not.
///
/// A token that is revoked and an agent that is deleted count within a second or two; what takes more questions, such
/// as a member who owns the organisation no more, within a minute. While the database does not answer nobody can say,
/// and after a while all connections end; their agents come back when it does.
final class ConnectionReview: Sendable {
  private struct State {
    var lastAnswer = ContinuousClock.now
    /// What was revoked before that time has been seen.
    var seen: Date?
  }

  private static let pause = Duration.seconds(1)
  /// A change counts also when its transaction took that long.
  private static let overlap: TimeInterval = 5

  private let timeout: Duration
  private let interval: Duration
  private let state = Mutex(State())

  init(_ limits: RegistryLimits) {
    timeout = .seconds(limits.verificationTimeout)
    interval = .seconds(limits.verificationInterval)
  }

  /// Looks again and again, until the task is cancelled.
  func run(for bridge: Bridge) async {
    var lastWhole = ContinuousClock.now
    while !Task.isCancelled {
      await asking(bridge) { try await self.closeEnded(of: bridge) }
      if ContinuousClock.now - lastWhole >= interval {
        lastWhole = .now
        await asking(bridge) {
          try await self.closeUnentitled(of: bridge)
          try await self.noteOnline(of: bridge)
        }
      }
      // Waking early means that the server stops, which is no failure.
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// Ends all connections when the database has not answered for too long; they resume as after a restart.
  func closeUnverified(of bridge: Bridge) {
    let isOverdue = state.withLock { state -> Bool in
      guard ContinuousClock.now - state.lastAnswer > timeout else { return false }
      state.lastAnswer = .now
      return true
    }
    guard isOverdue else { return }
    bridge.logger.error("the database does not say who may stay connected, so that all connections of agents end")
    for relay in bridge.allRelays { _ = relay.closeAll() }
  }

  private func asking(_ bridge: Bridge, _ questions: () async throws -> Void) async {
    do {
      try await questions()
      state.withLock { $0.lastAnswer = .now }
    } catch {
      if Task.isCancelled { return }
      bridge.logger.error("reviewing the connections of agents failed", metadata: ["error": "\(error)"])
    }
  }

  /// Of tokens and agents that have ended since it was asked last; nothing waits for a deleted agent that is away.
  private func closeEnded(of bridge: Bridge) async throws {
    let (relays, now) = (bridge.allRelays, bridge.now())
    if relays.isEmpty { return state.withLock { $0.seen = now } }
    let since = state.withLock { $0.seen } ?? now
    let ended = try await bridge.store.agents.ended(since: min(since, now).addingTimeInterval(-Self.overlap))
    state.withLock { $0.seen = now }
    let agents = Set(ended.agents.map(\.rawValue))
    for relay in relays {
      if agents.contains(relay.agent) { relay.handle(.disconnect) }
      guard let credentials = relay.credentials else { continue }
      let isOver = credentials.expiresAt.map { $0 <= now } ?? false
      if isOver || ended.tokens.contains(credentials.tokenID) { relay.revoke(credentials.tokenID) }
    }
  }

  /// Of all that others may have changed.
  private func closeUnentitled(of bridge: Bridge) async throws {
    var tokens: [AgentID: Int64] = [:]
    for relay in bridge.allRelays {
      if let id = AgentID(parsing: relay.agent), let credentials = relay.credentials {
        tokens[id] = credentials.tokenID
      }
    }
    for id in try await bridge.store.agents.mayNotStay(tokens, at: bridge.now()) {
      if let token = tokens[id] { bridge.existingRelay(of: id.rawValue)?.revoke(token) }
    }
  }

  private func noteOnline(of bridge: Bridge) async throws {
    let online = Set(bridge.onlineIDs().compactMap { AgentID(parsing: $0) })
    if !online.isEmpty { try await bridge.store.agents.touch(online: online, at: bridge.now()) }
  }
}
