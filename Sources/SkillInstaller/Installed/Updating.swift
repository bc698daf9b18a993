import RegistryClient
import Skills

/// What updating did to each skill it looked at, in each list by name of the folder.
package struct UpdateOutcome: Sendable {
  package enum SkipReason: String, Sendable, Codable {
    case upToDate = "up_to_date"
    case notManaged = "not_managed"
    case localEdits = "local_edits"
    case pinned
    /// A newer version is there, and too young to be taken unasked.
    case tooNew = "too_new"
    /// A newer version is there, and another skill needs an older one.
    case heldBack = "held_back"
    /// Its archive or its entry of a site is another one now, which is taken when the skill is named.
    case changed
  }

  package var updated: [InstalledItem] = []
  package var skipped: [(slug: String, reason: SkipReason)] = []
  package var failed: [(slug: String, error: MeshError)] = []
  /// Skills that nothing needs any more.
  package var removed: [SkillSlug] = []
  package var passedOver: [PassedOver] = []
}

/// Which skills to move, and how far.
package struct UpdateWish: Sendable {
  /// The folders to update; nil for every skill that we installed.
  package var chosen: [SkillSlug]?
  /// Whether versions beyond the ranges of the manifest are taken, which then follows.
  package var beyondRanges: Bool

  package init(_ chosen: [SkillSlug]? = nil, beyondRanges: Bool = false) {
    self.chosen = chosen
    self.beyondRanges = beyondRanges
  }
}

extension SkillInstaller {
  /// Moves skills forward, never backward, and completes the links of those that are there.
  ///
  /// What cannot move (it was edited, its registry does not answer, its archive is damaged) stays as it is and is told
  /// of; all others move together.
  ///
  /// - Parameter confirmed: What somebody has agreed to; when anything else would come of it now, nothing is done.
  /// - Throws: `cancelled`, having changed nothing, or what concerns all of them.
  package func update(
    _ wish: UpdateWish, _ options: InstallOptions, confirmed: ProjectPlan? = nil
  ) async throws -> UpdateOutcome {
    guard let root = try await claimForUpdate() else {
      throw MeshError(
        .noSkillsDirectory, "there is no '\(Agent.sharedFolder)' in '\(targets.base)'",
        hint: "Install a skill first: agent-mesh skills install author/slug.")
    }
    defer { root.withdraw() }
    var work = UpdateWork(self, try ProjectState(targets), root, wish, options)
    try work.survey()
    return try await work.run(confirmed: confirmed)
  }

  /// What updating would do, and what would stay; changes nothing but what an interrupted run left behind.
  package func planUpdate(
    _ wish: UpdateWish, _ options: InstallOptions
  ) async throws -> (plan: ProjectPlan, outcome: UpdateOutcome) {
    let root = try await SkillsRoot.claimIfPresent(targets) { report(.waiting) }
    var work = UpdateWork(self, try ProjectState(targets), root, wish, options)
    try work.survey()
    return try await work.plan()
  }

  private func claimForUpdate() async throws -> SkillsRoot? {
    if try ProjectState(targets).isManaged { return try await SkillsRoot.claim(targets) { report(.waiting) } }
    return try await SkillsRoot.claimIfPresent(targets) { report(.waiting) }
  }
}
