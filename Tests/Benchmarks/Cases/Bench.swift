/// What every benchmark works with.
struct Bench: Sendable {
  let programs: Programs
  let tools: Tools
  let scratch: Scratch
  let effort: Effort

  /// Our command line, told of no registry but `registry`.
  func agentMesh(_ arguments: [String], registry: String? = nil) -> Command {
    Command(
      programs.agentMesh, arguments, environment: registry.map { ["AGENT_MESH_REGISTRY": $0] } ?? [:])
  }

  /// Milliseconds from the start of a program to its end.
  func time(_ command: Command) throws -> Double {
    try scratch.run(command).duration.milliseconds
  }
}

/// The groups that can be run alone, in the order of the table.
enum BenchmarkGroup: String, CaseIterable, Sendable {
  case startUp = "start-up"
  case size
  case parse
  case pack
  case resolve
  case hostile
  case install
  case lock
  case collect
  case publish
  case requests
  case fairness
  case people
  case network

  func run(in bench: Bench) throws -> Report {
    switch self {
    case .startUp: try StartUp(bench: bench).run()
    case .size: try Size(bench: bench).run()
    case .parse: try Parsing(bench: bench).run()
    case .pack: try Packing(bench: bench).run()
    case .resolve: try Resolving(bench: bench).run()
    case .hostile: try HostileDependencies(bench: bench).run()
    case .lock: try Locking(bench: bench).run()
    case .collect: try Collecting(bench: bench).run()
    case .install: try Installing(bench: bench).run()
    case .publish: try Publishing(bench: bench).run()
    case .requests: try Requests(bench: bench).run()
    case .fairness: try Fairness(bench: bench).run()
    case .people: try People(bench: bench).run()
    case .network: try Network(bench: bench).run()
    }
  }
}
