import ArgumentParser
import Skills

/// A command: options in, a report out.
///
/// It never prints; `run()` does, in one way for all.
protocol MeshCommand: AsyncParsableCommand, Sendable {
  associatedtype Outcome: Report

  var output: OutputOptions { get }

  /// Whether a pipe gets JSON unasked, as scripts expect of the skills commands.
  static var speaksJSONIntoPipes: Bool { get }

  /// Seconds that it may take to end by itself after an interruption.
  static var interruptionGrace: Int { get }

  func run(in mesh: Mesh) async throws -> Outcome
}

extension MeshCommand {
  static var speaksJSONIntoPipes: Bool { true }
  static var interruptionGrace: Int { 5 }

  mutating func run() async throws {
    let command = self
    let interruption = Interruption(grace: Self.interruptionGrace)
    let mesh = Mesh(output: output, speaksJSONIntoPipes: Self.speaksJSONIntoPipes, interruption: interruption)
    let work = Task { try await command.run(in: mesh) }
    interruption.cancels { work.cancel() }
    defer {
      interruption.end()
      mesh.transport.settle()
    }
    do {
      let report = try await work.value
      mesh.progress.clear()
      try mesh.print(report)
      if report.status != .success { throw ExitCode(report.status.rawValue) }
    } catch let code as ExitCode {
      throw code
    } catch {
      mesh.progress.clear()
      let isInterrupted = interruption.exitStatus != nil
      let failure = isInterrupted ? MeshError(.cancelled, "interrupted") : MeshError(error, else: .unknown)
      mesh.print(failure)
      throw ExitCode(interruption.exitStatus ?? failure.code.exitStatus.rawValue)
    }
  }
}

/// How a command answers.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print JSON, also on a terminal.")
  var json = false

  @Flag(help: "Print for people, also into a pipe.")
  var human = false

  @Flag(name: [.customShort("q"), .long], help: "Show only warnings, errors and what was asked for.")
  var quiet = false

  @Flag(help: "Also show which requests are made.")
  var verbose = false

  /// `DEBUG` asks for details as `--verbose` does.
  func level(_ environment: [String: String]) -> Talk.Level {
    if quiet { return .quiet }
    return verbose || !(environment["DEBUG"] ?? "").isEmpty ? .verbose : .normal
  }

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
    if json, human { throw ValidationError("--json and --human exclude each other") }
  }
}

/// Which registry a command talks to.
struct RegistryOption: ParsableArguments {
  @Option(name: [.customLong("registry"), .customLong("base-url")], help: "The registry to use.")
  var registry: String?
}
