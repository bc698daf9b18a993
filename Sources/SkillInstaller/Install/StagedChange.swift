import Skills

/// Everything of one change, complete and checked, before the first of it is put in place.
struct StagedChange: Sendable {
  /// A skill that is to go.
  struct Removal: Sendable {
    let skill: LeavingSkill
    let staging: Staging
  }

  var skills: [StagedSkill] = []
  var removals: [Removal] = []
  var files: [FileReplacement] = []

  /// The same as a list of steps.
  func transaction(in root: SkillsRoot, _ targets: InstallTargets) throws(MeshError) -> Transaction {
    Transaction(
      root: root.directory.fingerprint() ?? "",
      state: try Directory.openIfPresent(targets.stateFolder)?.fingerprint(),
      steps: skills.map { step(for: $0, targets) } + removals.map { step(for: $0, root) },
      files: files.filter(\.isChange).map(\.record))
  }

  private func step(for skill: StagedSkill, _ targets: InstallTargets) -> Transaction.Step {
    let (decision, staging) = (skill.decision, skill.staging)
    let isPlaced = skill.content == .folder
    return Transaction.Step(
      kind: isPlaced ? .place : .mark, slug: skill.slug.rawValue, staging: staging.name,
      identity: isPlaced ? staging.work.fingerprint(of: staging.entry(.skill).name) : nil, links: decision.step.links,
      isForced: decision.isForced, makesCopies: targets.copies, keepsBackup: decision.step.keepsBackup,
      needsFreePlace: decision.needsFreePlace)
  }

  private func step(for removal: Removal, _ root: SkillsRoot) -> Transaction.Step {
    let skill = removal.skill
    return Transaction.Step(
      kind: .remove, slug: skill.slug.rawValue, staging: removal.staging.name,
      identity: root.directory.fingerprint(of: skill.slug.rawValue), links: skill.links, isForced: skill.isForced,
      makesCopies: false, keepsBackup: skill.existing.state != .intact)
  }
}
