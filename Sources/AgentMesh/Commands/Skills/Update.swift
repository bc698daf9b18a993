import ArgumentParser
import Foundation
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

      Without names a version has to be 24 hours old before it is taken; --min-age changes that, and so do min_age in \
      skills.json and in the configuration. Skills that are named are moved at once.

        agent-mesh skills update --dry-run
        agent-mesh skills update acme/reviewer --latest   # beyond its range, which follows
      """)

  @Argument(
    help: "Skills, as author/slug or by their folders' names, and at the end optionally the folder of the project.",
    completion: .custom(Completions.installed))
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
    let (names, path) = try Self.split(words, mesh, scope)
    let place = try mesh.workplace(path, scope, network)
    let chosen = try names.map { try Project.slug($0) }
    let wish = UpdateWish(chosen.isEmpty ? nil : chosen, beyondRanges: latest)
    let age = try mesh.minimumAge(minAge, place.manifest, isUnattended: chosen.isEmpty)
    let options = InstallOptions(force: force, saves: true, minimumAge: age)
    if dryRun { return UpdateReport(try await place.installer.planUpdate(wish, options)) }
    if mesh.canAsk, !yes {
      let plan = try await place.installer.planUpdate(wish, options)
      if !plan.steps.isEmpty {
        mesh.progress.clear()
        mesh.talk.show(UpdateReport(plan).text(mesh.talk.style))
        guard mesh.confirm("Go on?") else { throw MeshError(.cancelled, "nothing was changed") }
      }
    }
    let outcome = try await place.installer.update(wish, options)
    mesh.progress.clear()
    for item in outcome.updated {
      for backup in item.backups { mesh.talk.warn("the edited \(item.slug) is now in '\(backup)'") }
    }
    for (slug, error) in outcome.failed { mesh.talk.error("\(slug): \(error.message)") }
    for entry in outcome.passedOver { mesh.talk.info(entry.sentence) }
    return UpdateReport(outcome)
  }

  /// A single word is a skill when one of that name is installed here, else a folder when there is one.
  private static func split(
    _ words: [String], _ mesh: Mesh, _ scope: ScopeOption
  ) throws -> (references: [String], path: String) {
    guard words.count == 1, let word = words.first else { return Project.split(words) }
    let files = FileManager.default
    let here = try mesh.targets(nil, scope).targets
    if let slug = try? Project.slug(word), files.fileExists(atPath: here.sharedFolder.appending(slug.rawValue).string) {
      return (words, ".")
    }
    return files.fileExists(atPath: word) || (try? Project.slug(word)) == nil ? ([], word) : (words, ".")
  }
}

struct UpdateReport: Report {
  struct Updated: Encodable, Sendable {
    let slug: String
    let name: String
    let oldVersion: String
    let newVersion: String

    enum CodingKeys: String, CodingKey {
      case slug, name
      case oldVersion = "old_version"
      case newVersion = "new_version"
    }
  }

  struct Skipped: Encodable, Sendable {
    let slug: String
    let reason: UpdateOutcome.SkipReason
  }

  struct Failed: Encodable, Sendable {
    let slug: String
    let error: String
    let message: String
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

  init(_ plan: ProjectPlan) {
    (success, updated, skipped, failed, removed) = (true, [], [], [], [])
    planned = plan.steps
  }

  init(_ outcome: UpdateOutcome) {
    updated = outcome.updated.map {
      Updated(
        slug: $0.slug.rawValue, name: $0.skill.reference, oldVersion: $0.previousVersion ?? "",
        newVersion: $0.skill.version ?? String($0.skill.treeDigest.description.prefix(15)))
    }
    removed = outcome.removed.map(\.rawValue)
    planned = nil
    skipped = outcome.skipped.map { Skipped(slug: $0.slug, reason: $0.reason) }
    failed = outcome.failed.map { Failed(slug: $0.slug, error: $0.error.wireCode, message: $0.error.message) }
    success = failed.isEmpty
  }

  var status: ExitStatus { success ? .success : .partial }

  func text(_ style: Style) -> String {
    if let planned { return Self.text(planned, style) }
    var lines = updated.map {
      "\(style.bold(TerminalText.escaped($0.name))) \($0.oldVersion) → \(style.bold($0.newVersion))"
    }
    lines += removed.map { "\($0) is gone: nothing needs it any more" }
    for entry in skipped where entry.reason != .upToDate {
      lines.append("\(TerminalText.escaped(entry.slug)) \(entry.reason.sentence)")
    }
    lines += failed.map { style.red("\(TerminalText.escaped($0.slug)) failed: \(TerminalText.escaped($0.message))") }
    return lines.isEmpty ? "Everything is up to date." : lines.joined(separator: "\n")
  }

  private static func text(_ planned: [InstallPlan], _ style: Style) -> String {
    if planned.isEmpty { return "Everything is up to date." }
    return planned.map { plan in
      let name = style.bold(TerminalText.escaped(plan.reference))
      switch plan.action {
      case .remove: return "\(name) would go"
      case .complete: return "\(name) would get its missing links"
      case .install: return "\(name) \(plan.version ?? "") would be new"
      case .update, .replace, .keep:
        return "\(name) \(plan.previousVersion ?? "other content") → \(plan.version ?? "the content of now")"
      }
    }.joined(separator: "\n")
  }
}

extension UpdateOutcome.SkipReason {
  fileprivate var sentence: String {
    switch self {
    case .upToDate: "is up to date"
    case .notManaged: "was not installed by agent-mesh; skipped"
    case .localEdits: "was edited here; skipped"
    case .pinned: "is pinned; skipped"
    case .tooNew: "has a newer version, which is too young; skipped"
    }
  }
}
