import ArgumentParser
import RegistryAPI
import Skills

/// `help`: the help of a command, or with `--json` the list of commands for programs.
struct MachineHelp: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show the help of a command, or a list of all for programs.")

  @Argument(help: "The command, such as: skills install.")
  var command: [String] = []

  @Flag(help: "Print the names of the top-level commands as one line of JSON.")
  var json = false

  private struct Listing: Encodable {
    let name: String
    let docs: String
    let commands: [String]
  }

  func run() throws {
    if json {
      let names = AgentMesh.configuration.subcommands.map { $0._commandName }.filter { $0 != "help" }
      let listing = Listing(name: "agent-mesh", docs: AgentMesh.documentation, commands: names)
      print(String(decoding: try WireCoding.encode(listing), as: UTF8.self))
      return
    }
    var type: any ParsableCommand.Type = AgentMesh.self
    for word in command {
      guard let next = type.configuration.subcommands.first(where: { $0._commandName == word }) else {
        throw ValidationError("there is no command '\(TerminalText.escaped(word, limit: 60))'")
      }
      type = next
    }
    print(AgentMesh.helpMessage(for: type))
  }
}
