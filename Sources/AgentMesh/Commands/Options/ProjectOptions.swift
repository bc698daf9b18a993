import ArgumentParser

/// Which project, or whose skills, a command works on.
struct ProjectOptions: ParsableArguments {
  @Argument(help: ProjectArgument.help, completion: .directory)
  var path: String?

  @OptionGroup var scope: ScopeOption
}
