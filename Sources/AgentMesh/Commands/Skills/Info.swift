import ArgumentParser
import Foundation
import RegistryAPI
import Skills

/// `skills info`: what the registry says of a skill.
struct Info: MeshCommand {
  static let configuration = CommandConfiguration(commandName: "info", abstract: "Show a skill in the registry.")

  @Argument(help: "The skill, as author/slug.")
  var skill: String

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InfoReport {
    let name = try SkillName(parsing: skill)
    return InfoReport(skill: try await mesh.registry(registry).skill(name))
  }
}

struct InfoReport: Report {
  let skill: SkillSummary

  func encode(to encoder: any Encoder) throws { try skill.encode(to: encoder) }

  func text(_ style: Style) -> String {
    let versions = (skill.versions ?? []).prefix(8).joined(separator: ", ")
    let more = (skill.versions?.count ?? 0) > 8 ? ", …" : ""
    return """
      \(style.bold(TerminalText.escaped("\(skill.author)/\(skill.slug)@\(skill.version ?? "?")")))\
      \(skill.isPrivate ? " (private)" : "")
        \(TerminalText.escaped(skill.description ?? "no description"))

        versions  \(TerminalText.escaped(versions))\(more)
        archive   \(skill.digest?.description ?? "-")
        files     \(skill.treeDigest?.description ?? "-")
        updated   \(skill.updatedAt.ISO8601Format())
      """
  }
}
