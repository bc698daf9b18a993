import ArgumentParser

/// How a command goes about changing what is installed.
struct ChangeOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Replace what stands in the way; edited and foreign folders are kept as backups.")
  var force = false

  @Flag(help: "Show what would be done and change nothing.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Do not ask; agree beforehand to what new skills may do.")
  var yes = false
}
