import ArgumentParser
import RegistryAPI

/// The server: skills registry and platform API in one process.
@main
struct AgentMeshRegistry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent-mesh-registry",
    abstract: "A registry for agent skills.",
    discussion: """
      Start it with 'serve'. Authors and tokens can be made while it runs.

        agent-mesh-registry author create acme
        agent-mesh-registry token create --author acme
        agent-mesh-registry serve
      """,
    version: ProgramVersion.current,
    subcommands: [Serve.self, AuthorCommand.self, TokenCommand.self, Quarantine.self, Check.self])
}
