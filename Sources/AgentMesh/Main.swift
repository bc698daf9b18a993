import ArgumentParser
import RegistryAPI
import Skills

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Parses, runs, and turns whatever comes of it into an exit status.
@main
enum Main {
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let first = arguments.first, ["-v", "-V", "--version"].contains(first) {
      print(ProgramVersion.current)
      return
    }
    // Tables and JSON go to pipes that may close early; that is no reason to die by a signal.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try AgentMesh.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      finish(error, arguments)
    }
  }

  private static func finish(_ error: any Error, _ arguments: [String]) -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    let isHelp = AgentMesh.exitCode(for: error) == .success
    let text = AgentMesh.fullMessage(for: error)
    guard !isHelp else {
      print(text)
      exit(0)
    }
    if speaksJSON(arguments) {
      let message = AgentMesh.message(for: error)
      let report = FailureReport(MeshError(.usage, message, hint: "See: agent-mesh help."))
      print(String(decoding: (try? WireCoding.encode(report)) ?? [], as: UTF8.self))
    }
    Streams.write(text + "\n", to: .standardError)
    if let near = Suggestion.command(for: arguments) {
      Streams.write("Did you mean '\(near)'?\n", to: .standardError)
    }
    Streams.write(AgentMesh.documentation + "\n", to: .standardError)
    exit(ExitStatus.usage.rawValue)
  }

  /// As the command would have, had it been understood.
  private static func speaksJSON(_ arguments: [String]) -> Bool {
    if arguments.contains("--human") { return false }
    return arguments.contains("--json") || (arguments.first == "skills" && !Streams.isTerminal(.standardOutput))
  }
}
