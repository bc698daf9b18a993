import ArgumentParser

/// The project that a command works on, or the user's own skills.
struct ProjectOptions: ParsableArguments {
  /// What every command says of its argument for a project.
  static let help: ArgumentHelp = "The folder of the project; without it this one, or the nearest above that is one."

  @Argument(help: ProjectOptions.help, completion: .directory)
  var path: String?

  @OptionGroup var scope: ScopeOption
}
