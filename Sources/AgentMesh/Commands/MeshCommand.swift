import ArgumentParser
import RegistryAPI
import Skills

/// A command: options in, a report out.
///
/// It never prints; `run()` does, in one way for all.
protocol MeshCommand: AsyncParsableCommand, Sendable {
  associatedtype Answer: Report

  var output: OutputOptions { get }

  /// Whether a pipe gets JSON unasked, as scripts expect of the skills commands.
  static var speaksJSONIntoPipes: Bool { get }

  func run(in mesh: Mesh) async throws -> Answer
}

extension MeshCommand {
  static var speaksJSONIntoPipes: Bool { true }

  mutating func run() async throws {
    let command = self
    let mesh = Mesh(output: output, speaksJSONIntoPipes: Self.speaksJSONIntoPipes)
    let interruption = Interruption()
    let work = Task { try await command.run(in: mesh) }
    interruption.cancels { work.cancel() }
    defer { interruption.end() }
    do {
      let report = try await work.value
      mesh.progress.clear()
      try mesh.print(report)
      if report.status != .success { throw ExitCode(report.status.rawValue) }
    } catch let code as ExitCode {
      throw code
    } catch {
      mesh.progress.clear()
      let failure = interruption.exitStatus == nil ? MeshError(error, else: .unknown) : MeshError(.cancelled, "interrupted")
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

  func validate() throws {
    if json, human { throw ValidationError("--json and --human exclude each other") }
  }
}

/// Which registry a command talks to.
struct RegistryOption: ParsableArguments {
  @Option(name: [.customLong("registry"), .customLong("base-url")], help: "The registry to use.")
  var registry: String?
}
