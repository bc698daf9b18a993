import ArgumentParser
import SkillInstaller
import Skills

/// `skills remove`: take skills out of a project.
struct Remove: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove installed skills, the links to them, and what only they needed.", aliases: ["rm"])

  @Argument(
    help: "Skills, by their folders' names or as author/slug, and at the end optionally the folder of the project.",
    completion: .custom(Completions.installedAndFolders))
  var skills: [String]

  @Flag(name: .shortAndLong, help: "Remove edited and foreign folders as well; they are kept as backups.")
  var force = false

  @Flag(name: .customLong("no-save"), help: "Leave skills.json and skills.lock as they are.")
  var noSave = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> RemoveReport {
    let (words, path) = try split(mesh)
    let targets = try mesh.targets(path, scope).targets
    try mesh.refuseNoProject(targets)
    let slugs = try mesh.folders(named: words, in: targets)
    let removal = Removal(
      of: slugs, from: targets, InstallOptions(force: force, saves: !noSave), report: InstallDisplay(mesh.progress).show
    )
    let outcome = try await removal.plan().perform()
    mesh.progress.clear()
    for backup in outcome.backups { mesh.talk.warn("the folder is kept in '\(backup)'") }
    for (slug, others) in outcome.plan.needed {
      mesh.talk.warn("\(slug) is no longer wanted, and stays because \(others.joined(separator: ", ")) needs it")
    }
    for (slug, source) in outcome.plan.forgotten {
      mesh.talk.info("\(slug) is no longer in skills.json; its files stay where they are (\(source))")
    }
    mesh.report(outcome.plan)
    return RemoveReport(outcome)
  }

  /// A lone word is always a skill.
  private func split(_ mesh: Mesh) throws -> (skills: [String], path: String?) {
    guard skills.count > 1 else { return (skills, nil) }
    return try Project.splitInstalled(skills) { try mesh.isHere($0, scope) }
  }
}

struct RemoveReport: Report {
  var isAction: Bool { true }

  struct Kept: Encodable, Sendable {
    let entry: String
    let reason: String
  }

  /// False when something stays that agents read.
  let success: Bool
  /// The first of them, where older scripts look.
  let removed: String?
  let path: String?
  let backup: String?
  let all: [String]
  let stillNeeded: [String]
  /// No longer wanted; their files stay.
  let forgotten: [String]
  let kept: [Kept]

  var status: ExitStatus { success ? .success : .partial }

  init(_ outcome: ChangeOutcome) {
    removed = outcome.removed.first?.rawValue
    path = outcome.removed.first.map { "\(Agent.sharedFolder)/\($0)" }
    backup = outcome.backups.first
    all = outcome.removed.map(\.rawValue)
    stillNeeded = outcome.plan.needed.map(\.slug.rawValue)
    kept = outcome.plan.kept
    success = kept.isEmpty
    forgotten = outcome.plan.forgotten.map(\.slug.rawValue)
  }

  func text(_ style: Style) -> Message {
    if all.isEmpty, !forgotten.isEmpty { return "No files were removed." }
    let names = all.map { style.bold(Message($0)) }.joined(separator: ", ")
    return all.isEmpty ? "Nothing was removed." : "Removed \(names)."
  }
}

extension ChangePlan {
  /// What stays where agents read it, as an answer shows it.
  var kept: [RemoveReport.Kept] { remaining.map { RemoveReport.Kept(entry: $0.entry, reason: $0.what) } }
}
