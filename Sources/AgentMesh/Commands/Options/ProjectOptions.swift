import ArgumentParser

/// The project that a command works on, or the user's own skills.
struct ProjectOptions: ParsableArguments {
  @Argument(help: ProjectArgument.help, completion: .directory)
  var path: String?

  @OptionGroup var scope: ScopeOption
}
