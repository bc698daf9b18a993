import ArgumentParser
import SkillInstaller
import Skills

/// `skills remove`: take skills out of a project.
struct Remove: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove installed skills, the links to them, and what only they needed.", aliases: ["rm"])

  @Argument(
    help: "Skills, by their folders' names or as author/slug, and at the end optionally the folder of the project.",
    completion: .custom(Completions.installed))
  var skills: [String]

  @Flag(name: .shortAndLong, help: "Remove edited and foreign folders as well; they are kept as backups.")
  var force = false

  @Flag(name: .customLong("no-save"), help: "Leave skills.json and skills.lock as they are.")
  var noSave = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> RemoveReport {
    let (words, path) = Self.split(skills)
    let slugs = try words.map { try Project.slug($0) }
    let targets = try mesh.targets(path, scope).targets
    let outcome = try await SkillInstaller.remove(slugs, from: targets, InstallOptions(force: force, saves: !noSave))
    for backup in outcome.backups { mesh.talk.warn("the folder is kept in '\(backup)'") }
    for (slug, others) in outcome.needed {
      mesh.talk.warn("\(slug) is no longer wanted, and stays because \(others.joined(separator: ", ")) needs it")
    }
    for (slug, place) in outcome.forgotten {
      mesh.talk.info("\(slug) is no longer in skills.json; its files stay where they are (\(place))")
    }
    return RemoveReport(outcome)
  }

  /// The last of several words is a folder when it is no name of a skill, or written as a folder.
  private static func split(_ words: [String]) -> (skills: [String], path: String) {
    guard words.count > 1, let last = words.last else { return (words, ".") }
    let isSkill = !last.hasPrefix(".") && !last.hasPrefix("/") && (try? Project.slug(last)) != nil
    let isHere = Project.isInstalled(last, in: ".")
    return isSkill && (isHere || !Project.isFolder(last)) ? (words, ".") : (Array(words.dropLast()), last)
  }
}

struct RemoveReport: Report {
  let success = true
  /// The first of them, where older scripts look.
  let removed: String?
  let path: String?
  let backup: String?
  let all: [String]
  let stillNeeded: [String]
  /// No longer wanted; their files stay.
  let forgotten: [String]

  enum CodingKeys: String, CodingKey {
    case success, removed, path, backup, all, forgotten
    case stillNeeded = "still_needed"
  }

  init(_ outcome: RemovalOutcome) {
    removed = outcome.removed.first?.rawValue
    path = outcome.removed.first.map { "\(Agent.sharedFolder)/\($0)" }
    backup = outcome.backups.first
    all = outcome.removed.map(\.rawValue)
    stillNeeded = outcome.needed.map(\.slug.rawValue)
    forgotten = outcome.forgotten.map(\.slug.rawValue)
  }

  func text(_ style: Style) -> String {
    if all.isEmpty, !forgotten.isEmpty { return "No files were removed." }
    return all.isEmpty ? "Nothing was removed." : "Removed \(all.map { style.bold($0) }.joined(separator: ", "))."
  }
}
