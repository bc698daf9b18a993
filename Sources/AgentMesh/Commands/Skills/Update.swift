import ArgumentParser
import SkillInstaller
import Skills

/// `skills update`: move installed skills forward.
struct Update: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Update installed skills within the ranges of skills.json.",
    discussion: """
      Only forward, and only skills that agent-mesh installed. A skill that was edited here is skipped unless --force \
      is given; the edited folder is then kept as a backup. Pinned skills stay.

      A skill that its registry knows under another name now gets that name in skills.json, skills.lock and the record \
      of its folder. Until then it goes on under the name that is locked.

      A skill that comes for the first time, because another one needs it now, is shown and asked about like one that is \
      installed.

      Without names a version has to be 24 hours old before it is taken; --min-age changes that, and so do min_age in \
      skills.json and in the configuration. Skills that are named are moved at once.

        agent-mesh skills update --dry-run
        agent-mesh skills update acme/reviewer --latest   # beyond its range, which follows
      """)

  @Argument(
    help: "Skills, as author/slug or by their folders' names, and at the end optionally the folder of the project.",
    completion: .custom(Completions.installedAndFolders))
  var words: [String] = []

  @Flag(help: "Take the newest versions, whatever skills.json says; its ranges follow.")
  var latest = false

  @Option(help: "Pass over versions that are younger, such as 0, 24h or 3d.")
  var minAge: String?

  @OptionGroup var changing: ChangeOptions
  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> UpdateReport {
    mesh.prepare(network)
    let (names, path) = try Project.splitInstalled(words) { try mesh.isHere($0, scope) }
    let place = try mesh.workplace(path, scope, network)
    try mesh.refuseNoProject(place.targets)
    let chosen = try mesh.folders(named: names, in: place.targets)
    let request = UpdateRequest(chosen.isEmpty ? nil : chosen, beyondRanges: latest)
    let age = try mesh.minimumAge(minAge, place.manifest, isUnattended: chosen.isEmpty)
    let prepared = try await place.installer.plan(
      .update(request), InstallOptions(force: changing.force, saves: true, minimumAge: age))
    mesh.progress.clear()
    if changing.dryRun {
      report(prepared.plan, chosen, in: mesh)
      return UpdateReport(prepared.plan)
    }
    try agree(to: prepared.plan, in: mesh)
    let outcome = try prepared.perform()
    mesh.progress.clear()
    for backup in outcome.backups { mesh.talk.warn("what stood there before is now in '\(backup)'") }
    report(outcome.plan, chosen, in: mesh)
    return UpdateReport(outcome)
  }

  /// Shows the plan, and asks where somebody can answer.
  private func agree(to plan: ChangePlan, in mesh: Mesh) throws {
    guard mesh.canAsk, !changing.yes else { return mesh.showAttention(plan) }
    guard !plan.changingSteps.isEmpty else { return }
    mesh.talk.show(UpdateReport(plan).text(mesh.talk.style))
    guard mesh.confirm("Go on?") else { throw MeshError(.declined, "nothing was changed") }
  }

  private func report(_ plan: ChangePlan, _ chosen: [SkillSlug], in mesh: Mesh) {
    let pinned = Set(plan.skipped.filter { $0.reason == .pinned }.map(\.slug))
    for slug in chosen where pinned.contains(slug.rawValue) {
      mesh.talk.info("to let \(slug) move: agent-mesh skills unpin \(slug)")
    }
    // Whoever reads the answer itself finds it there.
    if mesh.printsJSON {
      for (slug, error) in plan.failed { mesh.talk.error("\(slug): \(error.message)") }
    }
    mesh.report(plan)
  }
}

struct UpdateReport: Report {
  struct Updated: Encodable, Sendable {
    let slug: String
    let name: String
    /// Nil for a skill that was not there.
    let oldVersion: String?
    let newVersion: String
    /// Nil unless another commit has the same files.
    let oldCommit: String?
    let newCommit: String?
    fileprivate let arrival: Arrival

    enum CodingKeys: String, CodingKey {
      case slug, name, oldVersion, newVersion, oldCommit, newCommit
    }
  }

  /// How a skill came to be there.
  fileprivate enum Arrival: Sendable {
    case moved
    case new
    /// Its folder was missing.
    case back
  }

  struct Renamed: Encodable, Sendable {
    let old: String
    let new: String
  }

  struct Skipped: Encodable, Sendable {
    let slug: String
    let reason: ChangePlan.SkipReason
  }

  struct Failed: Encodable, Sendable {
    let slug: String
    let error: String
    let message: String
    let hint: String?
  }

  let success: Bool
  let updated: [Updated]
  let skipped: [Skipped]
  let failed: [Failed]
  let removed: [String]
  /// Skills that have another name now.
  let renamed: [Renamed]
  /// Edited skills that nothing needs any more.
  let kept: [RemoveReport.Kept]
  /// What would be done; nil when it was done.
  let planned: [PlannedStep]?
  /// What the change lets skills do.
  let reviews: [ReviewAnswer]

  /// What would be done, and what would stay.
  init(_ plan: ChangePlan) {
    self.init(plan, [], removed: [], planned: plan.changingSteps)
  }

  init(_ outcome: ChangeOutcome) {
    self.init(outcome.plan, outcome.updated, removed: outcome.removed, planned: nil)
  }

  private init(_ plan: ChangePlan, _ items: [InstalledItem], removed gone: [SkillSlug], planned: [PlannedStep]?) {
    self.planned = planned
    reviews = plan.reviews.map(ReviewAnswer.init)
    updated = items.map { Updated($0, since: plan.former) }
    removed = gone.map(\.rawValue)
    renamed = plan.notices.renames.pairs.map { Renamed(old: $0.old.description, new: $0.new.description) }
    kept = plan.kept
    skipped = plan.skipped.map { Skipped(slug: $0.slug, reason: $0.reason) }
    failed = plan.failed.map {
      Failed(slug: $0.slug, error: $0.error.wireCode, message: $0.error.message, hint: $0.error.hint)
    }
    success = failed.isEmpty
  }

  var status: ExitStatus { success ? .success : .partial }

  var isAction: Bool { planned == nil && success }

  /// Of many skills the number of each kind.
  private func summary(_ style: Style) -> Message {
    let kinds = [(Arrival.moved, "updated"), (.new, "new"), (.back, "restored")]
    let counts = kinds.map { kind, name in (updated.count { $0.arrival == kind }, name) }.filter { $0.0 > 0 }
    let total = style.bold("\(updated.count) skills")
    let listing: String = counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(total): \(listing)"
  }

  func text(_ style: Style) -> Message {
    let names = Set(renamed.map(\.new))
    // A new name changes the record alone.
    let steps = (planned ?? []).filter { $0.action != .complete || !names.contains($0.reference) }
    let verb = planned == nil ? "is" : "would be"
    var lines: [Message] = renamed.map { "\($0.old) \(verb) called \(style.bold(Message($0.new))) now" }
    lines += steps.map { Self.text($0, style) }
    lines += updated.count > InstallReport.mostLines ? [summary(style)] : updated.map { Self.text($0, style) }
    lines += removed.map { "\($0) is gone: nothing needs it any more" }
    for entry in skipped where entry.reason != .upToDate {
      lines.append("\(entry.slug) \(entry.reason.sentence)")
    }
    lines += failures(style)
    let shown = ReviewDisplay(reviews: planned == nil ? [] : reviews.map(\.review), columns: 100, style: style).text
    if !shown.isEmpty { lines.append(shown) }
    return lines.isEmpty ? "Everything is up to date." : lines.joined(separator: "\n")
  }

  /// Told once for all skills that failed for one reason.
  private func failures(_ style: Style) -> [Message] {
    var slugs: [[String?]: [String]] = [:]
    for entry in failed { slugs[[entry.message, entry.hint], default: []].append(entry.slug) }
    return failed.compactMap { entry -> Message? in
      guard let together = slugs.removeValue(forKey: [entry.message, entry.hint]) else { return nil }
      let names = together.joined(separator: ", ")
      let hint: Message = entry.hint.map { "\n  \($0, limit: .max)" } ?? ""
      return style.red("\(names, limit: .max) failed: \(entry.message, limit: .max)") + hint
    }
  }

  private static func text(_ skill: Updated, _ style: Style) -> Message {
    let name = style.bold(Message(skill.name))
    if let commits = commits(skill.oldCommit, skill.newCommit) { return "\(name) \(commits)" }
    let version = style.bold(Message(skill.newVersion))
    switch skill.arrival {
    case .moved: return "\(name) \(skill.oldVersion ?? "other content") → \(version)"
    case .new: return "\(name) \(version) is new"
    case .back: return "\(name) \(version) is back"
    }
  }

  /// Nil for a skill whose files change.
  private static func commits(_ old: String?, _ new: String?) -> Message? {
    guard let old, let new else { return nil }
    return "\(old.prefix(12)) → \(new.prefix(12)), same files"
  }

  private static func text(_ plan: PlannedStep, _ style: Style) -> Message {
    let name = style.bold(Message(plan.reference))
    if let commits = commits(plan.previousCommit, plan.commit) { return "\(name) \(commits)" }
    switch plan.action {
    case .remove: return "\(name) would go"
    case .complete: return "\(name) would get its missing links"
    case .install: return "\(name) \(plan.version ?? "") would be new"
    case .update, .replace, .keep:
      return "\(name) \(plan.previousVersion ?? "other content") → \(plan.version ?? "the content of now")"
    }
  }
}

extension UpdateReport.Updated {
  fileprivate init(_ item: InstalledItem, since former: Lockfile) {
    self.init(
      slug: item.slug.rawValue, name: item.skill.reference, oldVersion: item.previousVersion,
      newVersion: item.skill.shownVersion, oldCommit: item.previousCommit,
      newCommit: item.previousCommit.flatMap { _ in item.skill.commit },
      arrival: item.action != .install ? .moved : former[item.slug] == nil ? .new : .back)
  }
}

extension ChangePlan.SkipReason {
  fileprivate var sentence: String {
    switch self {
    case .upToDate: "is up to date"
    case .notManaged: "was not installed by agent-mesh; skipped"
    case .localEdits: "was edited here; skipped"
    case .pinned: "is pinned; skipped"
    case .heldBack: "has a newer version, which does not go together with other skills; skipped"
    case .tooNew: "has a newer version, which is too young; skipped"
    case .changed: "has changed at its address, which has no versions; name it to take the change, after a diff"
    }
  }
}
