import ArgumentParser
import SkillInstaller
import Skills

/// `skills targets`: which agents there are, and which of them skills are linked for.
struct Targets: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "targets",
    abstract: "List the agents that skills are linked for, and those that are used here.",
    discussion: """
      Skills are linked for the agents that --agent names, else for those of skills.json, else with -g for those that \
      you named last with -g, else for \(Agent.standard). See: agent-mesh help agents
      """)

  @Flag(help: "List every agent that is known.")
  var all = false

  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> TargetsReport {
    let (targets, choice, _) = try mesh.targets(project.path, project.scope)
    let base = targets.scope == .project ? targets.base : nil
    let every = TargetStatus.all(in: targets, project: base, mesh.userEnvironment)
    let shown = all ? every : every.filter { $0.isChosen || $0.isDetected }
    return TargetsReport(chosenBy: choice.reason, known: every.count, agents: shown)
  }
}

struct TargetsReport: Report {
  let success = true
  let chosenBy: AgentChoice.Reason
  let known: Int
  let agents: [TargetStatus]

  func text(_ style: Style) -> Message {
    var table = Table(["AGENT", "NAME", "FOLDER", "CHOSEN", "DETECTED BY"])
    for row in agents {
      table.add([
        row.id, row.name, row.folder ?? "-", row.isChosen ? "yes" : "-",
        row.detectedBy.isEmpty ? "-" : row.detectedBy.map(\.text).joined(separator: ", "),
      ])
    }
    let hidden = known - agents.count
    let rest = hidden > 0 ? " \(hidden) more are known: --all." : ""
    return table.text(style) + "\n\n" + style.faint("Chosen \(chosenBy.words).\(rest)")
  }
}

extension AgentChoice.Reason {
  /// Who has chosen, to follow "Chosen".
  fileprivate var words: String {
    switch self {
    case .asked: "by --agent"
    case .manifest: "by \(ProjectManifest.fileName)"
    case .remembered: "by the last command with -g and --agent"
    case .standard: "because nobody has named any"
    }
  }
}
