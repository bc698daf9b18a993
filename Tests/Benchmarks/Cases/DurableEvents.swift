import Foundation
import RegistryStore
import Skills
import Synchronization

/// How many events a second are on disk and then with their readers, when agents send as fast as they may.
struct DurableEvents {
  let bench: Bench
  private let data = "events-data"
  private let sockets = 50
  /// Tasks that write at once when the log is measured by itself.
  private let writers = 256

  init(bench: Bench) {
    self.bench = bench
  }

  private var load: SwarmPlan.Load {
    SwarmPlan.Load(lanes: bench.effort.streams / sockets, pace: .window(4), seconds: bench.effort.seconds * 3)
  }

  func run() throws -> Report {
    let registry = try Registry.start(data, bench.programs, in: bench.scratch)
    let echo = try BareEcho.start(in: bench.scratch)
    let people = try AgentPopulation.make(sockets, in: bench.scratch[data])
    let relayed = SwarmPlan(port: registry.port, peer: .agents(people.agents, caller: people.caller), load: load)
    let echoed = SwarmPlan(port: echo.port, peer: .echo(sockets: sockets), load: load)
    let rates = try interleaved(
      bench.effort.rounds, [{ try bench.measure(relayed).rate }, { try bench.measure(echoed).rate }])
    let log = try interleaved(bench.effort.rounds, [{ try appended() }])[0]
    let rows = [
      Row("events that \(writers) writers append to the log, one commit or less each", .perSecond, log),
      Row(
        "events from agents through the log to readers, four under way on each of \(bench.effort.streams) streams",
        .perSecond, rates[0], beside: .init(name: "messages through a bare WebSocket echo", sample: rates[1])),
    ]
    return try Report(rows: rows + nats())
  }

  private func nats() throws -> [Row] {
    guard let program = bench.tools.nats else { return [] }
    let server = try NATSServer.start(program, in: bench.scratch)
    let plan = SwarmPlan(port: server.port, peer: .nats(sockets: sockets), load: load)
    let rate = try interleaved(bench.effort.rounds, [{ try bench.measure(plan).rate }])[0]
    return [Row("requests and replies through NATS, as many under way", .perSecond, rate)]
  }

  /// Events a second, each appended and waited for by a task of its own.
  private func appended() throws -> Double {
    let folder = try bench.scratch.emptyFolder("log-data")
    let (writers, seconds) = (writers, bench.effort.seconds)
    let count = Mutex(0)
    try blocking {
      let store = try RegistryStore(folder: folder)
      for writer in 0..<writers { _ = try await store.tasks.create(Self.task(writer)) }
      let end = ContinuousClock.now + .seconds(seconds)
      let appended = try await withThrowingTaskGroup(of: Int.self) { group in
        for writer in 0..<writers { group.addTask { try await Self.append(writer, to: store.tasks, until: end) } }
        return try await group.reduce(0, +)
      }
      try store.close()
      count.withLock { $0 = appended }
    }
    return Double(count.withLock { $0 }) / Double(seconds)
  }

  private static func append(
    _ writer: Int, to log: TaskLog, until end: ContinuousClock.Instant
  ) async throws -> Int {
    var count = 0
    while ContinuousClock.now < end {
      try Interruption.check()
      let body = #"{"delta":"token","kind":"text","type":"chunk"}"#
      let entry = TaskAppend(
        requestID: "request-\(writer)", attempt: 1, sourceSequence: count + 1, body: body, textBytes: 5, at: Date())
      guard try await log.append([entry]).count == 1 else { throw Failure("the log left an event out") }
      count += 1
    }
    return count
  }

  private static func task(_ writer: Int) -> NewTask {
    NewTask(
      requestID: "request-\(writer)", callID: "call-\(writer)", agent: "agent-\(writer % 50)", sessionKey: "session",
      callerAccount: nil, kind: .call, isAsync: true, content: "go on", createdAt: Date())
  }
}
