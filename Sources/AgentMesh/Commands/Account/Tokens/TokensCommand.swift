import ArgumentParser

/// `agent-mesh tokens`.
struct TokensCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens",
    abstract: "List, make or revoke tokens of your account.",
    discussion: """
      For pipelines and other programs: each gets a token of its own, with the rights and for the skills that it \
      needs. They are also on the settings page of the registry. See: agent-mesh tokens create --help
      """,
    subcommands: [ListTokens.self, CreateToken.self, RevokeToken.self], aliases: ["token"])
}
