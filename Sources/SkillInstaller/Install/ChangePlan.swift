import Skills

/// What a change does, and what it lets skills do: printed, asked about, or performed.
package struct ChangePlan: Sendable {
  package enum SkipReason: String, Sendable, Codable {
    case upToDate = "up_to_date"
    case notManaged = "not_managed"
    case localEdits = "local_edits"
    case pinned
    /// A newer version is there, and too young to be taken unasked.
    case tooNew = "too_new"
    /// A newer version is there, and does not go together with what other skills need.
    case heldBack = "held_back"
    /// Its archive or its entry of a site is another one now, which is taken when the skill is named.
    case changed
  }

  /// What stays where agents go on reading it: somebody made or edited it.
  package struct Remainder: Sendable {
    package let skill: SkillSlug
    package let entry: String
    /// What it is, as `a file`.
    package let what: String
    /// Whether we made it, so that a removal by force takes it away and keeps a backup.
    package let isOurs: Bool
  }

  /// For every skill of the lock that is looked at, and for those that go.
  package internal(set) var steps: [PlannedStep]
  /// What was there before: the lock, or the records where there is none.
  package let former: Lockfile
  package let lock: Lockfile
  package let notices: ResolutionNotices
  /// Of the skills whose files change, in the order of the steps.
  package internal(set) var reviews: [SkillReview] = []
  /// Whether `skills.json` or `skills.lock` change.
  package internal(set) var writesFiles = false
  /// Folders of skills that somebody named.
  package internal(set) var requested: Set<SkillSlug> = []
  /// Edits in skills that are left as they are.
  package internal(set) var edited: [(slug: SkillSlug, paths: [String])] = []
  package internal(set) var remaining: [Remainder] = []

  // Of an update, each sorted by folder.
  package internal(set) var skipped: [(slug: String, reason: SkipReason)] = []
  package internal(set) var failed: [(slug: String, error: MeshError)] = []

  // Of a removal.
  /// Skills that are no longer wanted, and whose files stay where they lie: they were never installed from elsewhere.
  package internal(set) var forgotten: [(slug: SkillSlug, source: String)] = []
  /// Skills that were named and stay, because these others need them.
  package internal(set) var needed: [(slug: SkillSlug, by: [String])] = []

  init(from former: Lockfile, to lock: Lockfile, _ steps: [PlannedStep], _ notices: ResolutionNotices) {
    (self.former, self.lock) = (former, lock)
    self.steps = steps
    self.notices = notices
  }

  /// The steps that do something.
  package var changingSteps: [PlannedStep] { steps.filter { $0.action != .keep } }

  /// Whether everything that was asked for is there and written down.
  package var isDone: Bool { !writesFiles && steps.allSatisfy { $0.action == .keep } }

  /// Skills that were asked for and are there as they are wanted.
  package var alreadyInstalled: [LockedSkill] {
    isDone ? lock.skills.filter { requested.contains($0.folder) } : []
  }
}
