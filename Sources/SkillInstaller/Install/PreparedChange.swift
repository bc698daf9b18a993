import Dispatch
import Skills

/// A change that is decided, fetched, inspected and staged: one value that is printed, asked about, or performed.
///
/// It holds the claim on the skills folder, so that nothing changes between the question and the act. Letting go of it
/// leaves everything as it was.
package struct PreparedChange: ~Copyable {
  package let plan: ChangePlan
  private let workspace: Workspace
  private let targets: InstallTargets
  private let staged: [StagedSkill]
  private let leaving: [LeavingSkill]
  private let files: [FileReplacement]
  /// Skills of which only the lock changes.
  private let lockedAnew: [InstalledItem]
  /// Whether a failure is one of the skills, as in an update, or of the whole.
  private let blamesSkills: Bool
  private let report: @Sendable (SkillInstaller.Progress) -> Void

  /// - Parameter plan: Its reviews are filled in.
  init(
    _ plan: ChangePlan, in workspace: consuming Workspace, _ targets: InstallTargets, decisions: [Decision] = [],
    leaving: [LeavingSkill] = [], files: [FileReplacement] = [], lockedAnew: [InstalledItem] = [],
    blamesSkills: Bool = false, report: @escaping @Sendable (SkillInstaller.Progress) -> Void = { _ in }
  ) {
    var ready: [StagedSkill] = []
    for decision in decisions { if let skill = workspace.skill(for: decision) { ready.append(skill) } }
    var plan = plan
    plan.reviews = ready.compactMap(\.review)
    plan.writesFiles = files.contains(where: \.isChange)
    self.plan = plan
    self.workspace = workspace
    self.targets = targets
    self.leaving = leaving
    self.files = files
    self.lockedAnew = lockedAnew
    self.blamesSkills = blamesSkills
    self.report = report
    // What was named comes first.
    staged = ready.filter { plan.requested.contains($0.slug) } + ready.filter { !plan.requested.contains($0.slug) }
  }

  /// Makes the change: all of it, or nothing.
  package consuming func perform() throws -> ChangeOutcome {
    try Task.checkCancellation()
    var outcome = ChangeOutcome(plan: plan)
    let backups: [SkillSlug: [String]]
    do {
      backups = try place()
    } catch {
      // Where no skill is placed, none is to blame.
      guard blamesSkills, !staged.isEmpty else { throw error }
      outcome.plan.failed += staged.map { ($0.slug.rawValue, error) }
      outcome.plan.failed.sort { $0.slug < $1.slug }
      return outcome
    }
    outcome.items = staged.map { InstalledItem($0, backups: backups[$0.slug] ?? []) } + lockedAnew
    outcome.removed = leaving.map(\.slug)
    outcome.removalBackups = leaving.flatMap { backups[$0.slug] ?? [] }
    return outcome
  }

  private func place() throws(MeshError) -> [SkillSlug: [String]] {
    let root = workspace.root
    var change = StagedChange(skills: staged, files: files)
    defer { Self.discard(change.removals) }
    for skill in leaving {
      change.removals.append(StagedChange.Removal(skill: skill, staging: try root.stage(for: skill.slug)))
    }
    report(.placing(staged.count))
    return try TransactionRun.perform(change, in: root, targets)
  }

  /// What cannot be removed is cleared away by the next run.
  private static func discard(_ removals: [StagedChange.Removal]) {
    // Removing the files of hundreds of skills is work for every core.
    DispatchQueue.concurrentPerform(iterations: removals.count) { try? removals[$0].staging.discard() }
  }
}
