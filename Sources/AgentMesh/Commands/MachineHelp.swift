import ArgumentParser
import RegistryAPI
import Skills

/// `help`: the help of a command or a topic, or with `--json` the list of commands for programs.
struct MachineHelp: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show the help of a command or a topic.",
    discussion: "See: agent-mesh help topics")

  @Argument(
    help: "A command, such as: skills install. Or a topic: \(HelpTopic.all.map(\.name).joined(separator: ", ")).",
    completion: .list(["topics"] + HelpTopic.all.map(\.name) + ["skills"]))
  var command: [String] = []

  @Flag(help: "Print JSON: the text with its topic, or without arguments the names of the top-level commands.")
  var json = false

  private struct Listing: Encodable {
    let name: String
    let docs: String
    let commands: [String]
  }

  private struct TopicList: Encodable {
    struct Row: Encodable {
      let topic: String
      let title: String
    }

    let topics = HelpTopic.all.map { Row(topic: $0.name, title: $0.title) }
  }

  func run() throws {
    if json {
      print(String(decoding: try answer(), as: UTF8.self))
    } else if command == ["topics"] {
      let width = HelpTopic.all.map(\.name.count).max() ?? 0
      for topic in HelpTopic.all {
        print("  \(ScreenText.padded(Message(topic.name), to: width))  \(topic.title)")
      }
      print("\nagent-mesh help <topic> shows one.")
    } else {
      print(try text())
    }
  }

  private func answer() throws -> [UInt8] {
    switch command {
    case []:
      let names = AgentMesh.configuration.subcommands.map { $0._commandName }.filter { $0 != "help" }
      return try WireCoding.encode(Listing(name: "agent-mesh", docs: AgentMesh.documentation, commands: names))
    case ["topics"]: return try WireCoding.encode(TopicList())
    default:
      let words = command.joined(separator: " ")
      return try WireCoding.encode(HelpTopic.named(words) ?? HelpTopic(name: words, title: words, text: text()))
    }
  }

  /// Of a command, of a topic, or of all that share a name.
  private func text() throws -> String {
    let topic = command.count == 1 ? HelpTopic.named(command[0]) : nil
    let (type, rest) = CommandTree.named(by: command)
    // What is no command by itself may be one in a group: `install` is `skills install`.
    let found = rest.isEmpty ? [type] : CommandTree.deeper(rest, below: type)
    if found.isEmpty, topic == nil { throw unknown(rest.first ?? "", below: type) }
    return ([topic?.text].compactMap(\.self) + found.map { AgentMesh.helpMessage(for: $0) }).joined(separator: "\n\n")
  }

  private func unknown(_ word: String, below type: any ParsableCommand.Type) -> ValidationError {
    let names = type.configuration.subcommands.map { $0._commandName }
    let known = command.count == 1 ? names + ["topics"] + HelpTopic.all.map(\.name) : names
    let near = known.filter { word.count <= 40 && EditDistance.between($0, word) <= max(1, word.count / 3) }
    let hint = near.isEmpty ? "See: agent-mesh help topics" : "Did you mean \(near.joined(separator: ", "))?"
    let message: Message = "there is no command or topic '\(word, limit: 60)'. \(hint)"
    return ValidationError(message.description)
  }
}
