import ArgumentParser

/// `agent-mesh profile`.
struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Change what others see of you in a registry.",
    subcommands: [OpenProfile.self, CopyLoginEmail.self])
}
