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
      var command = try CommandTree.parse(arguments)
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
      print(CompletionScript.withoutBuiltInHelp(text))
      exit(0)
    }
    // An unknown command is what is wrong, whatever the words behind it are taken for, and so is a missing --.
    let known = Suggestion(for: arguments)?.failure ?? MisplacedProgram(in: arguments)?.failure
    if speaksJSON(arguments) {
      let message = AgentMesh.message(for: error)
      let failure = known ?? MeshError(.usage, "\(message, limit: 4_000)", hint: "See: agent-mesh help")
      print((try? JSONText.encode(FailureReport(failure), pretty: false)) ?? "")
    }
    let shown = known.map { [$0.message, $0.hint].compactMap(\.self).joined(separator: "\n") }
    let wrong = shown ?? (text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text)
    Streams.write("error: \(wrong)\n", to: .standardError)
    Streams.write(AgentMesh.documentation + "\n", to: .standardError)
    exit(ExitStatus.usage.rawValue)
  }

  /// As the command would have, had it been understood.
  private static func speaksJSON(_ arguments: [String]) -> Bool {
    if arguments.contains("--human") { return false }
    if arguments.contains("--json") { return true }
    return !Streams.isTerminal(.standardOutput) && speaksJSONIntoPipes(arguments)
  }

  /// What the command says that is named; below `skills` a command that there is not would have.
  private static func speaksJSONIntoPipes(_ arguments: [String]) -> Bool {
    var command: any ParsableCommand.Type = AgentMesh.self
    for word in arguments { command = CommandTree.child(word, of: command) ?? command }
    return (command as? any MeshCommand.Type)?.speaksJSONIntoPipes ?? (command == SkillsCommand.self)
  }
}
