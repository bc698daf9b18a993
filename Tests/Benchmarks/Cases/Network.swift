/// What the bridge of a registry does for agents and their callers, beside a bare WebSocket echo and a NATS server.
struct Network {
  let bench: Bench

  func run() throws -> Report {
    guard ProcessUsage.isKnown else {
      return Report(notes: ["The network was not measured: only Linux tells what a running program uses."])
    }
    var report = Report()
    try report.add("latency of tokens") { try TokenLatency(bench: bench).run() }
    try report.add("idle agents and their return") { try IdleAgents(bench: bench).run() }
    try report.add("durable events") { try DurableEvents(bench: bench).run() }
    try report.add("readers that do not read") { try StuckReaders(bench: bench).run() }
    try report.add("changes of presence") { try PresenceChanges(bench: bench).run() }
    if bench.tools.nats == nil {
      report.notes.append("NATS was not measured beside the network: nats-server is not installed.")
    }
    return report
  }
}

extension Bench {
  /// What a load measures, by clients in a process of their own.
  func measure(_ plan: SwarmPlan) throws -> SwarmLine.Result {
    try SwarmProcess.start(plan, in: scratch).result()
  }
}
