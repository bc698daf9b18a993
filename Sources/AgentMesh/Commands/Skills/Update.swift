import ArgumentParser
import Foundation
import SkillInstaller
import Skills

/// `skills update`: move installed skills forward.
struct Update: MeshCommand {
  static let configuration = CommandConfiguration(
    abstract: "Update installed skills to their newest versions.",
    discussion: """
      Only forward, and only skills that agent-mesh installed. A skill that was edited here is skipped unless --force \
      is given; the edited folder is then kept as a backup.
      """)

  @Argument(help: "A skill, as author/slug or by its folder's name, and optionally the folder of the project.")
  var words: [String] = []

  @Flag(name: .shortAndLong, help: "Replace edited skills as well.")
  var force = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> UpdateReport {
    let (names, path) = try Self.split(words)
    let installer = try SkillInstaller(
      client: mesh.registry(registry), targets: Project.targets(path, agents: []), report: mesh.show)
    let chosen = try names.map { try Project.slug($0) }
    let outcome = try await installer.update(only: chosen.isEmpty ? nil : chosen, InstallOptions(force: force))
    mesh.progress.clear()
    for item in outcome.updated {
      for backup in item.backups { mesh.talk.warn("the edited \(item.name.slug) is now in '\(backup)'") }
    }
    for (slug, error) in outcome.failed { mesh.talk.error("\(slug): \(error.message)") }
    return UpdateReport(outcome)
  }

  /// A single word is a skill when one of that name is installed here, else a folder when there is one.
  private static func split(_ words: [String]) throws -> (references: [String], path: String) {
    guard words.count == 1, let word = words.first else { return Project.split(words) }
    let files = FileManager.default
    if let slug = try? Project.slug(word), files.fileExists(atPath: "\(Agent.sharedFolder)/\(slug)") {
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

  enum CodingKeys: String, CodingKey {
    case success, updated, skipped, failed
  }

  init(_ outcome: UpdateOutcome) {
    updated = outcome.updated.map {
      Updated(
        slug: $0.name.slug.rawValue, name: $0.name.description, oldVersion: $0.previousVersion ?? "",
        newVersion: $0.version.description)
    }
    skipped = outcome.skipped.map { Skipped(slug: $0.slug, reason: $0.reason) }
    failed = outcome.failed.map { Failed(slug: $0.slug, error: $0.error.wireCode, message: $0.error.message) }
    success = failed.isEmpty
  }

  var status: ExitStatus { success ? .success : .partial }

  func text(_ style: Style) -> String {
    var lines = updated.map { "\(style.bold($0.name)) \($0.oldVersion) → \(style.bold($0.newVersion))" }
    for entry in skipped where entry.reason != .upToDate {
      let why = entry.reason == .localEdits ? "was edited here; skipped" : "was not installed by agent-mesh; skipped"
      lines.append("\(TerminalText.escaped(entry.slug)) \(why)")
    }
    lines += failed.map { style.red("\(TerminalText.escaped($0.slug)) failed: \(TerminalText.escaped($0.message))") }
    return lines.isEmpty ? "Everything is up to date." : lines.joined(separator: "\n")
  }
}
