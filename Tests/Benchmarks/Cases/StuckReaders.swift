import Foundation
import RegistryStore
import Skills

/// What readers cost that do not read, and what others notice of them and of sockets that never say who they are.
struct StuckReaders {
  let bench: Bench
  private let data = "stuck-data"
  private let task = "stuck"
  /// Text of the task: more than the queues of the system take.
  private let pieces = 512
  private let pieceBytes = 16 << 10
  /// Sockets that are closed for their silence and come back: as many as leave room for who registers.
  private let strangers = 400

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    let registry = try Registry.start(data, bench.programs, in: bench.scratch)
    let people = try AgentPopulation.make(5, in: bench.scratch[data])
    guard let agent = people.agents.first else { throw Failure("there are no agents") }
    try fill(agent.id, people.account)
    let quick = SwarmPlan(
      port: registry.port, peer: .agents(people.agents, caller: people.caller),
      load: SwarmPlan.Load(lanes: 4, pace: .rate(20), seconds: bench.effort.seconds * 2))
    let request = HTTPMessages.get(
      "/api/agents/\(agent.id)/tasks/\(task)/events",
      headers: ["Accept: text/event-stream", "Authorization: Bearer \(people.caller)"])
    let count = bench.effort.stuck
    let stuck = SwarmPlan(port: registry.port, peer: .stuck(request, count: count))
    let silent = SwarmPlan(
      port: registry.port, peer: .echo(sockets: strangers, path: "/ws?agent_id=\(agent.id)"))
    _ = try bench.measure(quick)
    let atRest = try registry.usage().residentMemory
    var memory: [Double] = []
    let p99s = try interleaved(
      bench.effort.rounds,
      [
        {
          let readers = try SwarmProcess.start(stuck, in: bench.scratch)
          try readers.wait(for: count, seconds: 10)
          Thread.sleep(forTimeInterval: 2)
          memory.append(try registry.usage().residentMemory - atRest)
          return try bench.measure(quick).p99
        },
        {
          let sockets = try SwarmProcess.start(silent, in: bench.scratch)
          try sockets.wait(for: strangers, seconds: 10)
          return try bench.measure(quick).p99
        },
        { try bench.measure(quick).p99 },
      ])
    return Report(rows: [
      Row(
        "memory of the server for \(count) readers that do not read", .mebibytes, Sample(memory),
        aim: .atMost(1.2 * Double(count))),
      Row(
        "p99 of a token on 20 streams × 20/s beside \(count) readers that do not read", .milliseconds, p99s[0],
        beside: .init(name: "without them, in turn", sample: p99s[2]), aim: .atMostTimes(1.2)),
      Row(
        "the same beside \(strangers) sockets at the address of one of the agents that never register",
        .milliseconds, p99s[1], beside: .init(name: "without them, in turn", sample: p99s[2]),
        aim: .atMostTimes(1.2)),
    ])
  }

  /// Enters a task in the log, beside the server, with more text than goes out unread.
  private func fill(_ agent: String, _ account: Int64?) throws {
    let (folder, task, pieces) = (bench.scratch[data], task, pieces)
    let body = #"{"delta":"\#(String(repeating: "x", count: pieceBytes))","kind":"text","type":"chunk"}"#
    let entry = TaskAppend(requestID: task, attempt: 1, body: body, textBytes: pieceBytes, at: Date())
    let new = NewTask(
      requestID: task, callID: "call", agent: agent, sessionKey: "session", callerAccount: account, kind: .call,
      isAsync: true, content: "go on", createdAt: Date())
    try blocking {
      let store = try RegistryStore(folder: folder)
      _ = try await store.tasks.create(new)
      for _ in 0..<pieces {
        guard try await store.tasks.append([entry]).count == 1 else { throw Failure("the log left an event out") }
      }
      try store.close()
    }
  }
}
