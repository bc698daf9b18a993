import Foundation
import Logging
import RegistryStore
import ServiceLifecycle

/// Runs what the bridge does beside the events of its sockets: writes of the log, answers to agents, timers, and the
/// end of connections whose tokens have ended.
///
/// Ends after the server: what an agent has sent is committed before.
struct BridgeService: Service {
  let bridge: Bridge

  private static let interval = Duration.milliseconds(250)
  private static let ticksPerSecond = 4
  private static let ticksPerMinute = 240
  /// A change counts also when its transaction took that long.
  private static let overlap: TimeInterval = 5

  func run() async {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await cancelWhenGracefulShutdown { await keepTime() } }
        for await job in bridge.jobs { group.addTask { await job() } }
      }
    } onGracefulShutdown: {
      bridge.endJobs()
    }
  }

  private func keepTime() async {
    var count = 0
    while !Task.isCancelled {
      bridge.tick()
      if count % Self.ticksPerSecond == 0 {
        bridge.feed.tick()
        await closeEnded()
      }
      if count % Self.ticksPerMinute == Self.ticksPerMinute - 1 { await noteOnline() }
      count += 1
      // Waking early means that the server stops, which is no failure.
      try? await Task.sleep(for: Self.interval)
    }
  }

  /// Closes the sockets whose token or agent has ended.
  func closeEnded() async {
    let connected = bridge.allRelays.compactMap { relay in relay.credentials.map { (relay, $0) } }
    if connected.isEmpty { return }
    let now = bridge.now()
    do {
      let ended = try await bridge.store.agents.ended(since: now.addingTimeInterval(-Self.overlap))
      let agents = Set(ended.agents.map(\.rawValue))
      for (relay, credentials) in connected {
        let isOver = credentials.expiresAt.map { $0 <= now } ?? false
        if isOver || ended.tokens.contains(credentials.tokenID) || agents.contains(relay.agent) {
          relay.handle(.revoked)
        }
      }
    } catch {
      if !Task.isCancelled {
        bridge.logger.error("looking for ended tokens failed", metadata: ["error": "\(error)"])
      }
    }
  }

  private func noteOnline() async {
    let online = Set(bridge.onlineIDs().compactMap { AgentID(parsing: $0) })
    if online.isEmpty { return }
    do {
      try await bridge.store.agents.touch(online: online, at: bridge.now())
    } catch {
      bridge.logger.error("noting who is online failed", metadata: ["error": "\(error)"])
    }
  }
}

/// Waits for the server to be told to stop, and has agents and readers go before it stops.
struct BridgeDrain: Service {
  let bridge: Bridge

  func run() async {
    // Cancelled means that nobody waits for an orderly end.
    guard (try? await gracefulShutdown()) != nil else { return }
    await bridge.drain()
  }
}
