/// What the bridge of a registry does for agents and their callers, beside a bare WebSocket echo and a NATS server.
struct Network {
  let bench: Bench

  func run() throws -> Report {
    guard ProcessUsage.isKnown else {
      return Report(notes: ["The network was not measured: only Linux tells what a running program uses."])
    }
    let report =
      try TokenLatency(bench: bench).run() + IdleAgents(bench: bench).run() + DurableEvents(bench: bench).run()
      + StuckReaders(bench: bench).run() + PresenceChanges(bench: bench).run()
    let missing = Report(notes: ["NATS was not measured beside the network: nats-server is not installed."])
    return bench.tools.nats == nil ? report + missing : report
  }
}

extension Bench {
  /// What a load measures, by clients in a process of their own.
  func measure(_ plan: SwarmPlan) throws -> SwarmLine.Result {
    try SwarmProcess.start(plan, in: scratch).result()
  }
}
