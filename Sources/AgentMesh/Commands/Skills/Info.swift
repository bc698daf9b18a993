import ArgumentParser
import Foundation
import RegistryAPI
import Skills

/// `skills info`: what the registry says of a skill.
struct Info: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show a skill, or one version of it, in the registry.",
    discussion: """
        agent-mesh skills info acme/reviewer
        agent-mesh skills info acme/reviewer@1.2.0

      The registry is the one from which a skill would be installed into this folder.
      """)

  @Argument(help: "The skill, as author/slug or author/slug@1.2.3.", completion: .custom(Completions.references))
  var skill: String

  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InfoReport {
    let named = try NamedVersion(parsing: skill, version: nil)
    let client = try mesh.registry(network, of: named.name)
    let summary = try await client.skill(named.name)
    guard let number = named.number else { return InfoReport(summary) }
    let versions = try await client.versions(of: named.name)
    guard let version = versions.first(where: { $0.version == number.description }) else {
      throw MeshError(
        .notFound, "\(named.name) has no version \(number)", hint: "See: agent-mesh skills info \(named.name).")
    }
    return InfoReport(summary, at: version)
  }
}

struct InfoReport: Report {
  private let skill: SkillSummary
  /// The version that was asked for; nil for the newest.
  private let version: VersionSummary?

  init(_ skill: SkillSummary, at version: VersionSummary? = nil) {
    self.version = version
    var skill = skill
    if let version {
      skill.version = version.version
      skill.description = version.description
      (skill.digest, skill.treeDigest) = (version.digest, version.treeDigest)
    }
    self.skill = skill
  }

  enum CodingKeys: String, CodingKey {
    case status
    case publishedAt = "published_at"
  }

  func encode(to encoder: any Encoder) throws {
    try skill.encode(to: encoder)
    guard let version else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version.status, forKey: .status)
    try container.encode(version.publishedAt, forKey: .publishedAt)
  }

  func text(_ style: Style) -> String {
    let versions = (skill.versions ?? []).prefix(8).joined(separator: ", ")
    let more = (skill.versions?.count ?? 0) > 8 ? ", …" : ""
    return """
      \(style.bold(TerminalText.escaped("\(skill.author)/\(skill.slug)@\(skill.version ?? "?")")))\
      \(skill.isPrivate ? " (private)" : "")\(state)
        \(ScreenText.line(skill.description ?? "no description"))

        versions  \(TerminalText.escaped(versions))\(more)
        archive   \(skill.digest?.description ?? "-")
        files     \(skill.treeDigest?.description ?? "-")
        \(version == nil ? "updated  " : "published") \((version?.publishedAt ?? skill.updatedAt).ISO8601Format())
      """
  }

  /// Of a version that is not simply there.
  private var state: String {
    guard let status = version?.status, status != .published else { return "" }
    return " (\(status.rawValue))"
  }
}
