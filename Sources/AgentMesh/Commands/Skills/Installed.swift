import ArgumentParser
import RegistryClient
import SkillInstaller
import Skills

/// `skills installed`: what is in a project.
struct Installed: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "installed", abstract: "List the skills installed in a project.")

  @Argument(help: "The folder of the project.")
  var path = "."

  @Flag(help: "Ask the registry, in one request, which skills have newer versions.")
  var checkUpdates = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InstalledReport {
    let targets = try mesh.targets(path, scope).targets
    var rows = try SkillInstaller.installed(in: targets).map(InstalledReport.Row.init)
    if checkUpdates {
      let client = try mesh.registry(registry)
      let ours = rows.filter { $0.isFrom(client.address) }
      let newest = try await client.newest(of: ours.compactMap { $0.reference.flatMap { try? SkillName(parsing: $0) } })
      for index in rows.indices { rows[index].compare(newest, registry: client.address) }
    }
    return InstalledReport(skillsDirectory: Agent.sharedFolder, skills: rows)
  }
}

struct InstalledReport: Report {
  struct Row: Encodable, Sendable {
    let slug: String
    let name: String
    let version: String?
    let author: String?
    let reference: String?
    let registry: String?
    let isPrivate: Bool?
    var hasUpdate: Bool?
    var remoteVersion: String?
    /// Why there is no answer about updates.
    var updateError: String?

    enum CodingKeys: String, CodingKey {
      case slug, name, version, author, reference, registry
      case isPrivate = "is_private"
      case hasUpdate = "has_update"
      case remoteVersion = "remote_version"
      case updateError = "update_error"
    }

    init(_ skill: InstalledSkill) {
      slug = skill.slug
      name = skill.name ?? skill.slug
      version = skill.version
      author = skill.mark?.name?.author.rawValue
      reference = skill.mark?.reference
      registry = skill.mark?.registry
      isPrivate = skill.mark?.isPrivate
    }

    func isFrom(_ address: RegistryAddress) -> Bool {
      registry.flatMap { try? RegistryAddress(parsing: $0) } == address
    }

    mutating func compare(_ newest: [SkillName: SemanticVersion], registry address: RegistryAddress) {
      guard let reference, let name = try? SkillName(parsing: reference) else { return }
      guard isFrom(address) else {
        updateError = "installed from another registry"
        return
      }
      guard let remote = newest[name] else {
        updateError = "not in the registry"
        return
      }
      remoteVersion = remote.description
      hasUpdate = version.flatMap { try? SemanticVersion(parsing: $0) }.map { remote > $0 }
    }
  }

  let skillsDirectory: String
  let skills: [Row]

  enum CodingKeys: String, CodingKey {
    case skills
    case skillsDirectory = "skills_dir"
  }

  func text(_ style: Style) -> String {
    if skills.isEmpty { return "No skills in \(skillsDirectory)." }
    var table = Table(["SKILL", "VERSION", "FROM", "NEWER"])
    for row in skills {
      let newer = row.hasUpdate == true ? row.remoteVersion ?? "" : row.updateError ?? ""
      table.add([row.slug, row.version ?? "-", row.reference ?? "made here", newer])
    }
    return table.text(style)
  }
}
