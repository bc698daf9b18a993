import ArgumentParser
import RegistryAPI
import Skills

/// `skills list`: what the caller owns in the registry.
struct List: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List your skills in the registry.", aliases: ["ls"])

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> ListReport {
    let skills = try await mesh.registry(registry).ownSkills()
    return ListReport(owned: skills.owned, authorized: skills.authorized)
  }
}

struct ListReport: Report {
  let owned: [SkillSummary]
  let authorized: [SkillSummary]

  func text(_ style: Style) -> Message {
    if owned.isEmpty, authorized.isEmpty { return "No skills yet. Publish one with: agent-mesh skills publish" }
    var table = Table(["SKILL", "VERSION", "VISIBILITY", "DESCRIPTION"])
    for skill in owned + authorized {
      table.add([
        "\(skill.author)/\(skill.slug)", skill.version ?? "-", skill.isPrivate ? "private" : "public",
        String((skill.description ?? "").prefix(60)),
      ])
    }
    return table.text(style)
  }
}
