import Foundation

/// A swarm as whoever measures sees it; it ends when the value goes out of use.
struct SwarmProcess: ~Copyable {
  private let process: Child
  private let output: String
  private let errors: String

  static func start(_ plan: SwarmPlan, in scratch: Scratch) throws -> SwarmProcess {
    let name = "swarm-\(UUID().uuidString)"
    try scratch.write("\(name)/plan", Array(try JSONEncoder().encode(plan)))
    var command = try Command.benchmarks([Swarm.option, scratch["\(name)/plan"].string])
    command.output = .file(scratch["\(name)/output"])
    command.errors = .file(scratch["\(name)/errors"])
    return SwarmProcess(
      process: try Child.start(command), output: scratch["\(name)/output"].string,
      errors: scratch["\(name)/errors"].string)
  }

  private init(process: consuming Child, output: String, errors: String) {
    self.process = process
    self.output = output
    self.errors = errors
  }

  /// Waits for a number of clients that are connected.
  ///
  /// - Parameter connections: That there have been by then, at least.
  func wait(for connected: Int, connections: Int = 0, seconds: Int) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      let counts = try counts()
      if counts.connected == connected, counts.connections >= connections { return }
      try Interruption.check()
      guard process.isRunning else { throw Failure("a swarm ended: \(Self.text(errors).suffix(500))") }
      guard ContinuousClock.now < deadline else {
        let reason = Self.text(errors).suffix(500)
        throw Failure("of \(connected) clients \(counts.connected) are connected after \(seconds) s \(reason)")
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  /// What a load has measured, when it is over.
  ///
  /// - Throws: `Failure` when messages were lost, so that no loss counts as speed.
  consuming func result(atMost limit: Duration = .seconds(180)) throws -> SwarmLine.Result {
    let (output, errors) = (output, errors)
    let ending = process.wait(atMost: limit)
    guard ending.status == 0, let line = Self.text(output).split(separator: "\n").last,
      case .result(let result) = try SwarmLine(parsing: line)
    else { throw Failure("a swarm ended with \(ending.status): \(Self.text(errors).suffix(500))") }
    guard result.lost == 0 else { throw Failure("\(result.lost) messages were lost, or late by seconds") }
    return result
  }

  private func counts() throws -> SwarmStatus.Counts {
    // The last line may not be whole yet.
    let lines = Self.text(output).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard let line = lines.last, case .counts(let counts) = try SwarmLine(parsing: line) else {
      return SwarmStatus.Counts()
    }
    return counts
  }

  private static func text(_ file: String) -> String {
    (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
  }
}

extension Command {
  /// This program once more, in another role.
  static func benchmarks(_ arguments: [String]) throws -> Command {
    guard let program = Bundle.main.executablePath else { throw Failure("this program does not know its own path") }
    return Command(program, arguments)
  }
}
