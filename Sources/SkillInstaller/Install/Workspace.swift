import Skills

/// The skills folder of a project, claimed, with everything that was staged in it for one change.
///
/// When it goes, what was staged and not put in place goes with it, and folders that were made for nothing.
struct Workspace: ~Copyable {
  /// One archive may be wanted in several folders.
  private struct Key: Hashable {
    let folder: SkillSlug
    let digest: Digest

    init(_ skill: LockedSkill) {
      (folder, digest) = (skill.folder, skill.digest)
    }
  }

  let root: SkillsRoot
  private var staged: [Key: StagedSkill] = [:]

  init(_ targets: InstallTargets, waiting: () -> Void) async throws {
    root = try await Recovery.claim(targets, waiting: waiting)
  }

  deinit {
    // What cannot be removed is cleared away by the next run.
    for skill in staged.values { try? skill.staging.discard() }
    root.removeCreated()
  }

  mutating func keep(_ skill: StagedSkill) { staged[Key(skill.decision.skill)] = skill }

  /// What was staged for a decision; nil when that is still to be done.
  func skill(for decision: Decision) -> StagedSkill? { staged[Key(decision.skill)] }
}
