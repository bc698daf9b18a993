import ArgumentParser
import RegistryClient

/// The command line.
struct AgentMesh: AsyncParsableCommand {
  static let documentation = "Documentation: agent-mesh help <command>"

  static let configuration = CommandConfiguration(
    commandName: "agent-mesh",
    abstract: "Make, publish, install and update skills for AI agents.",
    discussion: """
      A first skill, from folder to another project:

        agent-mesh skills init my-skill
        agent-mesh login --registry https://registry.example
        agent-mesh skills publish my-skill
        agent-mesh skills install your-name/my-skill

      Put an agent online, and talk to those of others: agent-mesh help network

      The registry is the one of --registry, else AGENT_MESH_REGISTRY, else the one in the configuration, else a \
      registry on this machine (\(RegistryAddress.local)).

      More: agent-mesh help topics, and agent-mesh help exit-status.

      The version of the program: agent-mesh --version (or -v).

      Completions for your shell: agent-mesh --generate-completion-script bash|zsh|fish
      """,
    subcommands: [
      Login.self, Logout.self, WhoAmI.self, Status.self, Config.self, SkillsCommand.self, CacheCommand.self,
      TokensCommand.self, ProfileCommand.self, Subscribe.self, Unsubscribe.self, ListSubscriptions.self,
      AgentsCommand.self, Connect.self, Discover.self, CallAgent.self, Chat.self, RateCall.self, ShowStatistics.self,
      MachineHelp.self,
    ])
}

/// `agent-mesh skills`.
struct SkillsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skills",
    abstract: "Make, publish, install and update skills.",
    discussion: """
      Errors and warnings go to stderr. stdout is a sentence or a table on a terminal, and JSON with --json or in a \
      pipe, also for failures: {"success":false,"error":"<code>","message":"…"}. Two commands print JSON only with \
      --json: use prints the text of a skill, export a bill of materials.
      """,
    subcommands: [
      Init.self, Validate.self, Pack.self, Publish.self, Version.self, List.self, Info.self, Unpublish.self,
      Add.self, Import.self, Export.self, Diff.self, Use.self, Search.self,
      Install.self, CleanInstall.self, Update.self, Remove.self, Installed.self,
      Targets.self, Doctor.self,
      Verify.self, Lock.self, Outdated.self, Why.self, Tree.self, Pin.self, Unpin.self, Rollback.self,
      AuditSkills.self, Yank.self, RegistryCommand.self,
    ])
}
