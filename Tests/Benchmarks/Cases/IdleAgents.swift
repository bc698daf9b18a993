import Foundation

/// What agents cost that are connected and do nothing, and how soon all of them are back after a crash of the server.
struct IdleAgents {
  let bench: Bench
  private let data = "idle-data"
  private var count: Int { bench.effort.agents }

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start(data, bench.programs, in: bench.scratch)
    let people = try AgentPopulation.make(count, in: bench.scratch[data])
    let plan = SwarmPlan(port: registry.port, peer: .agents(people.agents, caller: people.caller))
    let atRest = try registry.usage().residentMemory
    let swarm = try SwarmProcess.start(plan, in: bench.scratch)
    try swarm.wait(for: count, seconds: 240)
    settle()
    let ours = each(try registry.usage().residentMemory - atRest)
    let start = ContinuousClock.now
    let restarted = try registry.restarted(data, bench.programs, in: bench.scratch)
    let down = ContinuousClock.now
    let reconnecting = try untilBack(swarm)
    let after = try restarted.usage().residentMemory
    let echo = try echo()
    let rows = [
      Row(
        "memory of the server for an agent that does nothing, of \(count)", .kibibytes, Sample([ours]),
        beside: .init(name: "for a socket of a bare WebSocket echo", sample: Sample([echo.memory])), aim: .atMost(24),
        hope: .atMost(16)),
      Row(
        "\(count) agents back after a crash of the server", .milliseconds, Sample([reconnecting]),
        beside: .init(name: "sockets of a bare WebSocket echo", sample: Sample([echo.reconnecting])),
        aim: .atMost(20_000)),
    ]
    let note =
      "Network: idle agents send a ping every 15 s; the server was down for \(Int((down - start).milliseconds)) ms and "
      + "had \(Unit.mebibytes.text(after)) with all of them back."
    return try Report(rows: rows + nats(), notes: [note])
  }

  /// Until what connecting has taken is given back.
  private func settle() { Thread.sleep(forTimeInterval: 3) }

  /// KiB of one, of MiB of all.
  private func each(_ memory: Double) -> Double { memory * 1_024 / Double(count) }

  /// Milliseconds until all clients are there once more, of a server that has just begun again.
  private func untilBack(_ swarm: borrowing SwarmProcess) throws -> Double {
    let start = ContinuousClock.now
    try swarm.wait(for: count, connections: 2 * count, seconds: 120)
    return (ContinuousClock.now - start).milliseconds
  }

  private func echo() throws -> (memory: Double, reconnecting: Double) {
    let server = try BareEcho.start(in: bench.scratch)
    let atRest = try server.usage().residentMemory
    let swarm = try SwarmProcess.start(
      SwarmPlan(port: server.port, peer: .echo(sockets: count)), in: bench.scratch)
    try swarm.wait(for: count, seconds: 120)
    settle()
    let memory = each(try server.usage().residentMemory - atRest)
    let restarted = try server.restarted(in: bench.scratch)
    let reconnecting = try untilBack(swarm)
    _ = try restarted.usage()
    return (memory, reconnecting)
  }

  private func nats() throws -> [Row] {
    guard let program = bench.tools.nats else { return [] }
    let server = try NATSServer.start(program, in: bench.scratch)
    let atRest = try server.usage().residentMemory
    let swarm = try SwarmProcess.start(
      SwarmPlan(port: server.port, peer: .nats(sockets: count)), in: bench.scratch)
    try swarm.wait(for: count, seconds: 120)
    settle()
    let memory = each(try server.usage().residentMemory - atRest)
    return [Row("memory of NATS for a connection with one subscription, of \(count)", .kibibytes, Sample([memory]))]
  }
}
