import ArgumentParser

/// The commands as the configurations list them: where a word leads, and how a command line is parsed.
enum CommandTree {
  /// The command with that name or alias below another.
  static func child(_ word: String, of parent: any ParsableCommand.Type) -> (any ParsableCommand.Type)? {
    parent.configuration.subcommands.first { $0._commandName == word || $0.configuration.aliases.contains(word) }
  }

  /// The command that the first words name, and the words behind them.
  static func named(by words: [String]) -> (command: any ParsableCommand.Type, rest: ArraySlice<String>) {
    named(by: words[...], below: AgentMesh.self)
  }

  private static func named(
    by words: ArraySlice<String>, below parent: any ParsableCommand.Type
  ) -> (command: any ParsableCommand.Type, rest: ArraySlice<String>) {
    var (command, rest) = (parent, words)
    while let word = rest.first, let next = child(word, of: command) {
      command = next
      rest.removeFirst()
    }
    return (command, rest)
  }

  /// As `AgentMesh.parseAsRoot`, which builds a parser for every command that there is: the one that is named parses
  /// its own arguments, and only what it cannot take, such as a call for help, is left to the whole tree.
  static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    let (command, rest) = named(by: arguments)
    if command.configuration.subcommands.isEmpty, let parsed = try? command.parseAsRoot(Array(rest)),
      type(of: parsed) == command
    {
      return parsed
    }
    return try AgentMesh.parseAsRoot(arguments)
  }

  /// Commands that the words name in the groups below another, as `skills registry move` for `registry move`.
  static func deeper(
    _ words: ArraySlice<String>, below parent: any ParsableCommand.Type
  ) -> [any ParsableCommand.Type] {
    parent.configuration.subcommands.flatMap { group -> [any ParsableCommand.Type] in
      let (command, rest) = named(by: words, below: group)
      return (rest.isEmpty ? [command] : []) + deeper(words, below: group)
    }
  }
}
