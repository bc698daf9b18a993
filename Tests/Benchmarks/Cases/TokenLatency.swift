/// How long a token takes from the socket of an agent through the log to the reader of its stream.
struct TokenLatency {
  let bench: Bench
  private let sockets = 50
  private let data = "tokens-data"

  init(bench: Bench) {
    self.bench = bench
  }

  private var load: SwarmPlan.Load {
    SwarmPlan.Load(lanes: bench.effort.streams / sockets, pace: .rate(20), seconds: bench.effort.seconds * 3)
  }

  func run() throws -> Report {
    let registry = try Registry.start(data, bench.programs, in: bench.scratch)
    let echo = try BareEcho.start(in: bench.scratch)
    let people = try AgentPopulation.make(sockets, in: bench.scratch[data])
    let relayed = SwarmPlan(port: registry.port, peer: .agents(people.agents, caller: people.caller), load: load)
    let echoed = SwarmPlan(port: echo.port, peer: .echo(sockets: sockets), load: load)
    var medians: [Double] = []
    let before = try registry.usage().processorTime
    let start = ContinuousClock.now
    let p99s = try interleaved(
      bench.effort.rounds,
      [
        {
          let result = try bench.measure(relayed)
          medians.append(result.median)
          return result.p99
        },
        { try bench.measure(echoed).p99 },
      ])
    let share = (try registry.usage().processorTime - before) / (ContinuousClock.now - start)
    let streams = "\(bench.effort.streams) streams × 20/s"
    let row = Row(
      "p99 of a token from its agent through the log to its reader, \(streams)", .milliseconds, p99s[0],
      beside: .init(name: "there and back through a bare WebSocket echo", sample: p99s[1]), aim: .atMost(50),
      hope: .atMost(15))
    let note =
      "Network: tokens timed from when they were due, clients on one thread of a process of their own; median "
      + "\(Unit.milliseconds.text(Sample(medians))); the server took \(Unit.percent.text(share * 100)) of one core on "
      + "average of ours and the echo's rounds."
    return try Report(rows: [row] + nats(streams), notes: [note])
  }

  private func nats(_ streams: String) throws -> [Row] {
    guard let program = bench.tools.nats else { return [] }
    let server = try NATSServer.start(program, in: bench.scratch)
    let plan = SwarmPlan(port: server.port, peer: .nats(sockets: sockets), load: load)
    let p99 = try interleaved(bench.effort.rounds, [{ try bench.measure(plan).p99 }])[0]
    return [Row("p99 of a request and its reply through NATS, \(streams)", .milliseconds, p99)]
  }
}
