import ArgumentParser
import RegistryClient
import SkillInstaller
import Skills

/// `skills installed`: what is in a project.
struct Installed: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "installed", abstract: "List the skills installed in a project.",
    discussion: """
      These are the folders in .agents/skills. Skills that were imported and stay where they were are checked with \
      agent-mesh skills verify.

      --check-updates asks each registry once, for the skills that came from it. What one cannot say stands in the row of \
      the skill, and the others are reported all the same.
      """)

  @Argument(help: ProjectOptions.help, completion: .directory)
  var path: String?

  @Flag(help: "Ask which skills have newer versions.")
  var checkUpdates = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InstalledReport {
    let targets = try mesh.place(path, scope)
    var rows = try Examination(of: targets).installed.map(InstalledReport.Row.init)
    if rows.isEmpty, ForeignProject.hasLock(targets) { mesh.talk.hint(ForeignProject.hint) }
    if checkUpdates {
      let registries = try mesh.registries(network, SkillInstaller.manifest(in: targets))
      let groups = Dictionary(grouping: rows.indices.filter { rows[$0].skill != nil }) { rows[$0].registry }
      for (address, indices) in groups {
        let answer = try await newest(of: indices.compactMap { rows[$0].skill }, at: address, registries)
        for index in indices { rows[index].compare(answer) }
      }
    }
    return InstalledReport(skillsDirectory: Agent.sharedFolder, skills: rows)
  }

  /// - Parameter text: The registry, as the records name it.
  private func newest(
    of names: [SkillName], at text: String?, _ registries: Registries
  ) async throws -> Result<[SkillName: SemanticVersion], MeshError> {
    do {
      let client = try registries.client(at: text)
      guard !registries.isChosen || client.address == registries.standard else {
        return .failure(MeshError(.conflict, "installed from another registry"))
      }
      return .success(try await client.newest(of: names))
    } catch let failure as MeshError where failure.code != .cancelled {
      return .failure(failure)
    }
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

    init(_ skill: InstalledSkill) {
      slug = skill.slug
      name = skill.name ?? skill.slug
      version = skill.version
      author = skill.mark?.name?.author.rawValue
      reference = skill.mark?.reference
      registry = skill.mark?.registry
      isPrivate = skill.mark?.isPrivate
    }

    /// Nil for what is in no registry.
    fileprivate var skill: SkillName? { reference.flatMap { try? SkillName(parsing: $0) } }

    fileprivate mutating func compare(_ answer: Result<[SkillName: SemanticVersion], MeshError>) {
      guard let skill else { return }
      switch answer {
      case .failure(let failure): updateError = failure.message
      case .success(let newest):
        guard let remote = newest[skill] else {
          updateError = "not in the registry"
          return
        }
        remoteVersion = remote.description
        hasUpdate = version.flatMap { try? SemanticVersion(parsing: $0) }.map { remote > $0 }
      }
    }
  }

  let skillsDirectory: String
  let skills: [Row]

  enum CodingKeys: String, CodingKey {
    case skills
    case skillsDirectory = "skills_dir"
  }

  func text(_ style: Style) -> Message {
    if skills.isEmpty { return "No skills in \(skillsDirectory)." }
    var table = Table(["SKILL", "VERSION", "FROM", "NEWER"])
    for row in skills {
      let newer = row.hasUpdate == true ? row.remoteVersion ?? "" : row.updateError ?? ""
      let origin = (row.reference ?? "made here") + (row.isPrivate == true ? " (private)" : "")
      table.add([row.slug, row.version ?? "-", origin, newer])
    }
    return table.text(style)
  }
}
