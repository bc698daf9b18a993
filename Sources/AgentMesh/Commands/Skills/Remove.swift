import ArgumentParser
import SkillInstaller
import Skills

/// `skills remove`: take a skill out of a project.
struct Remove: MeshCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove an installed skill and the links to it.", aliases: ["rm"])

  @Argument(help: "The skill, by its folder's name or as author/slug.")
  var skill: String

  @Argument(help: "The folder of the project.")
  var path = "."

  @Flag(name: .shortAndLong, help: "Remove edited and foreign folders as well; they are kept as backups.")
  var force = false

  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> RemoveReport {
    let slug = try Project.slug(skill)
    let targets = try Project.targets(path, agents: [])
    let backup = try await SkillInstaller.remove(slug, from: targets, InstallOptions(force: force))
    if let backup { mesh.talk.warn("the folder is kept in '\(backup)'") }
    return RemoveReport(removed: slug.rawValue, path: "\(Agent.sharedFolder)/\(slug)", backup: backup?.string)
  }
}

struct RemoveReport: Report {
  let success = true
  let removed: String
  let path: String
  let backup: String?

  func text(_ style: Style) -> String { "Removed \(style.bold(removed))." }
}
