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

  @Flag(name: .shortAndLong, help: "Replace edited skills as well.")
  var force = false

  @Flag(help: "Show what would be done and change nothing.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> UpdateReport {
    let (names, path) = try Project.splitInstalled(words) { try mesh.isHere($0, scope) }
    let place = try mesh.workplace(path, scope, network)
    let chosen = try mesh.folders(named: names, in: place.targets)
    let wish = UpdateWish(chosen.isEmpty ? nil : chosen, beyondRanges: latest)
    let age = try mesh.minimumAge(minAge, place.manifest, isUnattended: chosen.isEmpty)
    let options = InstallOptions(force: force, saves: true, minimumAge: age)
    if dryRun {
      let (plan, outcome) = try await place.installer.planUpdate(wish, options)
      mesh.progress.clear()
      tell(outcome, in: mesh)
      return UpdateReport(plan, outcome)
    }
    let before = try mesh.known(in: place.targets)
    let confirmed = mesh.canAsk && !yes ? try await agreed(wish, options, at: place, in: mesh) : nil
    let outcome = try await place.installer.update(wish, options, confirmed: confirmed)
    mesh.progress.clear()
    tell(outcome, in: mesh)
    return UpdateReport(outcome, before: before)
  }

  /// What somebody at the terminal has agreed to.
  private func agreed(
    _ wish: UpdateWish, _ options: InstallOptions, at place: Workplace, in mesh: Mesh
  ) async throws -> ProjectPlan {
    let (plan, outcome) = try await place.installer.planUpdate(wish, options)
    mesh.progress.clear()
    guard !plan.steps.isEmpty else { return plan }
    mesh.talk.show(UpdateReport(plan, outcome).text(mesh.talk.style))
    _ = try await mesh.showNewcomers(of: plan, at: place)
    guard mesh.confirm("Go on?") else { throw MeshError(.declined, "nothing was changed") }
    return plan
  }

  private func tell(_ outcome: UpdateOutcome, in mesh: Mesh) {
    for item in outcome.updated {
      for backup in item.backups { mesh.talk.warn("the edited \(item.slug) is now in '\(backup)'") }
    }
    // Whoever reads the answer itself is told there.
    if mesh.printsJSON {
      for (slug, error) in outcome.failed { mesh.talk.error("\(slug): \(error.message)") }
    }
    for entry in outcome.passedOver { mesh.talk.info("\(entry.sentence)") }
  }
}

struct UpdateReport: Report {
  struct Updated: Encodable, Sendable {
    let slug: String
    let name: String
    /// Nil for a skill that was not there.
    let oldVersion: String?
    let newVersion: String
    fileprivate let arrival: Arrival

    enum CodingKeys: String, CodingKey {
      case slug, name
      case oldVersion = "old_version"
      case newVersion = "new_version"
    }
  }

  /// How a skill came to be there.
  fileprivate enum Arrival: Sendable {
    case moved
    case new
    /// Its folder was missing.
    case back
  }

  struct Skipped: Encodable, Sendable {
    let slug: String
    let reason: UpdateOutcome.SkipReason
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
  /// What would be done; nil when it was done.
  let planned: [InstallPlan]?

  enum CodingKeys: String, CodingKey {
    case success, updated, skipped, failed, removed, planned
  }

  /// What would be done, and what would stay.
  init(_ plan: ProjectPlan, _ outcome: UpdateOutcome) {
    self.init(outcome, before: plan.lock, planned: plan.steps)
  }

  /// - Parameter before: What was there.
  init(_ outcome: UpdateOutcome, before: Lockfile, planned: [InstallPlan]? = nil) {
    self.planned = planned
    updated = outcome.updated.map {
      Updated(
        slug: $0.slug.rawValue, name: $0.skill.reference, oldVersion: $0.previousVersion,
        newVersion: $0.skill.version ?? String($0.skill.treeDigest.description.prefix(15)),
        arrival: $0.action != .install ? .moved : before[$0.slug] == nil ? .new : .back)
    }
    removed = outcome.removed.map(\.rawValue)
    skipped = outcome.skipped.map { Skipped(slug: $0.slug, reason: $0.reason) }
    failed = outcome.failed.map {
      Failed(slug: $0.slug, error: $0.error.wireCode, message: $0.error.message, hint: $0.error.hint)
    }
    success = failed.isEmpty
  }

  var status: ExitStatus { success ? .success : .partial }

  func text(_ style: Style) -> String {
    var lines = (planned ?? []).map { Self.text($0, style) } + updated.map { Self.text($0, style) }
    lines += removed.map { "\($0) is gone: nothing needs it any more" }
    for entry in skipped where entry.reason != .upToDate {
      lines.append("\(TerminalText.escaped(entry.slug)) \(entry.reason.sentence)")
    }
    lines += failures(style)
    return lines.isEmpty ? "Everything is up to date." : lines.joined(separator: "\n")
  }

  /// Told once for all skills that failed for one reason.
  private func failures(_ style: Style) -> [String] {
    var slugs: [[String?]: [String]] = [:]
    for entry in failed { slugs[[entry.message, entry.hint], default: []].append(TerminalText.escaped(entry.slug)) }
    return failed.compactMap { entry in
      guard let together = slugs.removeValue(forKey: [entry.message, entry.hint]) else { return nil }
      let reason = "\(together.joined(separator: ", ")) failed: \(TerminalText.escaped(entry.message))"
      return style.red(reason) + (entry.hint.map { "\n  " + TerminalText.escaped($0) } ?? "")
    }
  }

  private static func text(_ skill: Updated, _ style: Style) -> String {
    let name = style.bold(TerminalText.escaped(skill.name))
    let version = style.bold(TerminalText.escaped(skill.newVersion))
    switch skill.arrival {
    case .moved: return "\(name) \(TerminalText.escaped(skill.oldVersion ?? "other content")) → \(version)"
    case .new: return "\(name) \(version) is new"
    case .back: return "\(name) \(version) is back"
    }
  }

  private static func text(_ plan: InstallPlan, _ style: Style) -> String {
    let name = style.bold(TerminalText.escaped(plan.reference))
    switch plan.action {
    case .remove: return "\(name) would go"
    case .complete: return "\(name) would get its missing links"
    case .install: return "\(name) \(plan.version ?? "") would be new"
    case .update, .replace, .keep:
      return "\(name) \(plan.previousVersion ?? "other content") → \(plan.version ?? "the content of now")"
    }
  }
}

extension UpdateOutcome.SkipReason {
  fileprivate var sentence: String {
    switch self {
    case .upToDate: "is up to date"
    case .notManaged: "was not installed by agent-mesh; skipped"
    case .localEdits: "was edited here; skipped"
    case .pinned: "is pinned; skipped"
    case .heldBack: "has a newer version, which another skill does not allow; skipped"
    case .tooNew: "has a newer version, which is too young; skipped"
    case .changed: "has changed at its address, which has no versions; name it to take the change, after a diff"
    }
  }
}
