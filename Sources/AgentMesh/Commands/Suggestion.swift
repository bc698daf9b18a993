import ArgumentParser
import Skills

/// The command that somebody probably meant.
enum Suggestion {
  /// For the first word that is no command where one is expected; nil when nothing is near.
  static func command(for arguments: [String]) -> String? {
    var command: any ParsableCommand.Type = AgentMesh.self
    var path: [String] = []
    for word in arguments where !word.hasPrefix("-") {
      let known = command.configuration.subcommands
      if known.isEmpty { return nil }
      if let next = known.first(where: { name(of: $0) == word }) {
        command = next
        path.append(word)
        continue
      }
      let names = known.map { name(of: $0) }
      guard let near = names.min(by: { EditDistance.between($0, word) < EditDistance.between($1, word) }) else {
        return nil
      }
      guard EditDistance.between(near, word) <= max(1, word.count / 3) else { return nil }
      return (["agent-mesh"] + path + [near]).joined(separator: " ")
    }
    return nil
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command._commandName
  }
}
