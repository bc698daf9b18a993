import ArgumentParser
import RegistryAPI

/// The command line.
struct AgentMesh: AsyncParsableCommand {
  static let documentation = "Documentation: agent-mesh help <command>"

  static let configuration = CommandConfiguration(
    commandName: "agent-mesh",
    abstract: "Make, publish, install and update skills for AI agents.",
    discussion: """
      A first skill, from folder to another project:

        agent-mesh skills init my-skill
        agent-mesh login --registry https://registry.example --token-stdin
        agent-mesh skills publish my-skill
        agent-mesh skills install your-name/my-skill

      The registry is the one of --registry, else AGENT_MESH_REGISTRY, else the one in the configuration, else a \
      registry on this machine (\(DefaultRegistry.text)).

      Exit status: 0 success; 1 failure; 2 wrong usage or invalid input; 3 not logged in or not allowed; 4 not found; \
      5 in conflict with what is there; 6 registry not reachable; 7 integrity; 8 partly done; 130 interrupted.

      agent-mesh --version (or -v) prints the version of the program.

      Completions for your shell: agent-mesh --generate-completion-script bash|zsh|fish.
      """,
    subcommands: [
      Login.self, Logout.self, WhoAmI.self, Status.self, Config.self, SkillsCommand.self, CacheCommand.self,
      MachineHelp.self,
    ])
}

/// `agent-mesh skills`.
struct SkillsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skills",
    abstract: "Make, publish, install and update skills.",
    discussion: """
      Messages go to stderr. On a terminal stdout shows a sentence or a table; with --json, or into a pipe, it carries \
      JSON, also for failures: {"success":false,"error":"<code>","message":"…"}. Two commands print into a pipe what \
      they are for, and JSON only with --json: use a skill's text, export a bill of materials.
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
