import ArgumentParser
import RegistryAPI

/// The server: skills registry and platform API in one process.
@main
struct AgentMeshRegistry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent-mesh-registry",
    abstract: "A registry for agent skills.",
    discussion: """
      Start it with 'serve'; it prints a link that makes the first account. Accounts, authors and tokens can be made \
      while it runs.

        agent-mesh-registry serve
        agent-mesh-registry account invite
        agent-mesh-registry token create --author acme
      """,
    version: ProgramVersion.current,
    subcommands: [
      Serve.self, ConfigCommand.self, AccountCommand.self, AuthorCommand.self, TokenCommand.self, Quarantine.self,
      Check.self, RenderMarkdown.self,
    ])
}
