import ArgumentParser
import SkillInstaller
import Skills

/// `skills rollback`: bring back the version that was there before.
struct Rollback: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Bring back the version of a skill that was there before the one that is there now.",
    discussion: """
      It comes from the cache when it is there, so that no registry is needed; with --offline only from there. In a \
      project with skills.json the skill is then pinned: the next update would undo the rollback otherwise. A second \
      rollback goes forward again. Archives, folders and entries of sites have only their state of now, and are not \
      rolled back where others install the same lock.

        agent-mesh skills rollback reviewer
        agent-mesh skills unpin reviewer        # when a better version is out
      """)

  @OptionGroup var named: NamedSkill

  @OptionGroup var changing: ChangeOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> RollbackReport {
    let place = try mesh.workplace(project.path, project.scope, network)
    let skill = try mesh.known(in: place.targets).skill(named: named.skill)
    let options = InstallOptions(force: changing.force, saves: true)
    let prepared = try await place.installer.plan(.rollBack(skill.folder), options)
    mesh.progress.clear()
    if changing.dryRun {
      mesh.report(prepared.plan)
      return RollbackReport(of: skill, prepared.plan, isDone: false)
    }
    try mesh.agree(to: prepared.plan, isAgreed: changing.yes)
    let outcome = try prepared.perform()
    mesh.progress.clear()
    mesh.report(outcome)
    var report = RollbackReport(of: skill, outcome.plan, isDone: true)
    let manifest = try SkillInstaller.manifest(in: place.targets)
    report.pinned = manifest?.isPinned(skill) ?? false
    report.others = outcome.items.filter { $0.slug != skill.folder }.map { $0.skill.shown }
    report.removed = outcome.removed.map(\.rawValue)
    return report
  }
}

struct RollbackReport: Report {
  let success = true
  let slug: String
  let reference: String
  let from: String?
  let to: String?
  /// Whether the version is kept from now on.
  var pinned = false
  /// Skills that moved with it, because it needs them so.
  var others: [String] = []
  /// Skills that nothing needs any more.
  var removed: [String] = []
  /// What would be done; nil when it was done.
  let planned: [PlannedStep]?
  let reviews: [ReviewAnswer]

  init(of skill: LockedSkill, _ plan: ChangePlan, isDone: Bool) {
    slug = skill.folder.rawValue
    reference = skill.reference
    from = skill.shownVersion
    to = plan.lock[skill.folder]?.shownVersion
    planned = isDone ? nil : plan.changingSteps
    reviews = plan.reviews.map(ReviewAnswer.init)
  }

  var isAction: Bool { planned == nil }

  func text(_ style: Style) -> Message {
    let name = style.bold(Message(reference))
    let way: Message = "from \(from ?? "?") to \(style.bold(Message(to ?? "?")))"
    if let planned {
      let rest = planned.count > 1 ? ", and \(planned.count - 1) more would move with it" : ""
      return "\(name) would move \(way)\(rest)."
    }
    var lines: [Message] = ["\(name) moved \(way)."]
    lines += others.map { "With it came \($0)." }
    lines += removed.map { "Removed \($0), which nothing needs any more." }
    if pinned { lines.append("It is pinned there until: agent-mesh skills unpin \(slug)") }
    return lines.joined(separator: "\n")
  }
}
