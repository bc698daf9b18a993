import Foundation

/// What a registry can make its clients do that always names one more skill to ask for.
struct HostileDependencies {
  let bench: Bench
  private let chain = EndlessRegistry.Shape(name: "endless chain of dependencies", width: 1)
  private let fan = EndlessRegistry.Shape(name: "20-fold fan-out of dependencies", width: 20)

  init(bench: Bench) {
    self.bench = bench
  }

  func run() throws -> Report {
    var report = Report()
    for shape in [chain, fan, flood] { report = try report + refusal(shape, runs: bench.effort.rounds) }
    if bench.effort.waits {
      report = try report + refusal(slow("with a second before each response", by: .seconds(1)), runs: 1)
    } else {
      report.notes.append("Hostile: the bound on time, a minute, was not waited for.")
    }
    for shape in [slow("with 50 ms before each response", by: .milliseconds(50)), flood] {
      report.rows.append(try ending(shape, "SIGTERM", SIGTERM))
      report.rows.append(try ending(shape, "SIGINT", SIGINT))
    }
    return report
  }

  /// More text than the bound on bytes, in fewer skills than their bound; in short runs less.
  private var flood: EndlessRegistry.Shape {
    let versions = bench.effort.flood
    return EndlessRegistry.Shape(
      name: "40-fold fan-out of dependencies, \(versions) versions a skill", width: 40, versions: versions)
  }

  private func slow(_ words: String, by delay: Duration) -> EndlessRegistry.Shape {
    EndlessRegistry.Shape(name: "\(chain.name), \(words)", width: chain.width, delay: delay)
  }

  /// How an installation ends by itself: each run has to say that it met a bound.
  private func refusal(_ shape: EndlessRegistry.Shape, runs: Int) throws -> Report {
    var times: [Double] = []
    var memory: [Double] = []
    var sent: [EndlessRegistry.Sent] = []
    for _ in 0..<runs {
      try Interruption.check()
      let registry = EndlessRegistry(shape)
      let command = refused(try install(from: registry))
      times.append(try milliseconds { memory.append(try PeakMemory.measure(command, in: bench.scratch)) })
      sent = registry.sent.values
    }
    let (skills, bytes) = sent.reduce((0, 0)) { ($0.0 + $1.skills, $0.1 + $1.bytes) }
    return Report(
      rows: [
        // The bound is a minute; a second is for the start and the end of the program.
        Row("\(shape.name): time to the refusal", .milliseconds, Sample(times), aim: .atMost(61_000)),
        Row("\(shape.name): peak memory", .mebibytes, Sample(memory), aim: .atMost(100)),
      ],
      notes: [
        "Hostile: \(shape.name): \(sent.count) responses with \(skills) skills (the bound is 2,000) in \(bytes >> 20) MiB."
      ])
  }

  /// How long it goes on after somebody has told it to stop.
  private func ending(_ shape: EndlessRegistry.Shape, _ name: String, _ signal: Int32) throws -> Row {
    let times = try (0..<bench.effort.rounds).map { _ in try interrupt(shape, signal) }
    return Row("\(shape.name): \(name) to exit", .milliseconds, Sample(times), aim: .atMost(1_000))
  }

  private func interrupt(_ shape: EndlessRegistry.Shape, _ signal: Int32) throws -> Double {
    try Interruption.check()
    let registry = EndlessRegistry(shape)
    defer { withExtendedLifetime(registry) {} }
    let program = try Child.start(try install(from: registry))
    while registry.sent.values.count < 3 {
      guard program.isRunning else { throw Failure("the installation ended before it could be interrupted") }
      Thread.sleep(forTimeInterval: 0.001)
    }
    let start = ContinuousClock.now
    program.send(signal)
    let ending = program.wait()
    let time = (ContinuousClock.now - start).milliseconds
    guard ending.status == 128 + signal else {
      throw Failure("the interrupted installation ended with \(ending.status)")
    }
    return time
  }

  /// The installation of one skill in an empty project, with nothing in the cache.
  private func install(from registry: EndlessRegistry) throws -> Command {
    let project = try bench.scratch.emptyFolder("hostile-project").string
    var command = bench.agentMesh(["skills", "install", EndlessRegistry.root, project], registry: registry.url)
    command.environment["AGENT_MESH_CACHE"] = try bench.scratch.emptyFolder("hostile-cache").string
    command.environment["HOME"] = bench.scratch.path.string
    return command
  }

  /// Succeeds when `command` says that a bound was met.
  private func refused(_ command: Command) -> Command {
    let line = "\"$@\" | grep -E '\"error\" ?: ?\"(unresolvable|timeout)\"' > /dev/null"
    var refused = Command.shell(bench.tools, line, [command.program] + command.arguments)
    refused.environment = command.environment
    return refused
  }
}
