import ArgumentParser

/// Which agent a command is about.
struct AgentArgument: ParsableArguments {
  static let help: ArgumentHelp =
    "The agent: author/name, the name or alias of one of your own, or its UUID."

  @Argument(help: AgentArgument.help, completion: .custom(Completions.agents))
  var agent: String
}
