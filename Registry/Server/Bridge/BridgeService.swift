import ServiceLifecycle

/// Runs what the bridge does beside the events of its sockets: writes of the log, answers to agents, timers, and the
/// review of who may stay connected.
///
/// Ends after the server: what an agent has sent is committed before.
struct BridgeService: Service {
  let bridge: Bridge

  private static let interval = Duration.milliseconds(250)
  private static let ticksPerSecond = 4

  func run() async {
    await withGracefulShutdownHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { await cancelWhenGracefulShutdown { await keepTime() } }
        group.addTask { await cancelWhenGracefulShutdown { await bridge.review.run(for: bridge) } }
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
        bridge.signals.expire(at: bridge.clock.now)
        bridge.review.closeUnverified(of: bridge)
      }
      count += 1
      // Waking early means that the server stops, which is no failure.
      try? await Task.sleep(for: Self.interval)
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
