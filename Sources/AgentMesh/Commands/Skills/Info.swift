import ArgumentParser
import FoundationSubset
import RegistryAPI
import Skills

/// `skills info`: what the registry says of a skill.
struct Info: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show a skill, or one version of it, in the registry.",
    discussion: """
        agent-mesh skills info acme/reviewer
        agent-mesh skills info acme/reviewer@1.2.0

      Asks the registry of the project in this folder, else the default one.
      """)

  @Argument(help: "The skill, as author/slug or author/slug@1.2.3.", completion: .custom(Completions.references))
  var skill: String

  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InfoReport {
    let named = try NamedVersion(parsing: skill, version: nil)
    mesh.prepare(network)
    let client = try mesh.registry(network, of: named.name)
    let summary = try await client.skill(named.name)
    let versions = try await client.versions(of: named.name)
    let entries = try await client.index(of: named.name).versions
    let shown = named.number?.description ?? summary.version
    let version = versions.first { $0.version == shown }
    if let number = named.number, version == nil {
      throw MeshError(
        .notFound, "\(named.name) has no version \(number)", hint: "See: agent-mesh skills info \(named.name)")
    }
    return InfoReport(
      summary, at: version, entry: entries.first { $0.version == shown }, isNamed: named.number != nil)
  }
}

struct InfoReport: Report {
  private let skill: SkillSummary
  /// The version that was asked for, or the newest; nil for a skill without any.
  private let version: VersionSummary?
  /// What the index says of that version.
  private let entry: IndexDocument.Version?

  init(_ skill: SkillSummary, at version: VersionSummary?, entry: IndexDocument.Version?, isNamed: Bool) {
    self.version = version
    self.entry = entry
    var skill = skill
    if isNamed, let version {
      skill.version = version.version
      skill.description = version.description
      (skill.digest, skill.treeDigest) = (version.digest, version.treeDigest)
    }
    self.skill = skill
  }

  private struct Details: Encodable {
    let status: VersionStatus
    let publishedAt: Date
    let size: Int
    let fileCount: Int
    let dependencies: [String]
    let reason: String?
  }

  func encode(to encoder: any Encoder) throws {
    try skill.encode(to: encoder)
    guard let version else { return }
    try Details(
      status: version.status, publishedAt: version.publishedAt, size: version.size, fileCount: version.fileCount,
      dependencies: entry?.dependencies ?? [], reason: entry?.reason
    ).encode(to: encoder)
  }

  func text(_ style: Style) -> Message {
    let title = style.bold("\(skill.author)/\(skill.slug)@\(skill.version ?? "?")")
    let head: Message = "\(title)\(skill.isPrivate ? " (private)" : "")\(state)"
    let rows: [Message] = facts.map { name, value in
      "  \(ScreenText.padded(Message(name), to: 13))\(ScreenText.line(value))"
    }
    return "\(head)\n  \(ScreenText.line(skill.description ?? "no description"))\n\n" + rows.joined(separator: "\n")
  }

  private var facts: [(name: String, value: String)] {
    let all = skill.versions ?? []
    var facts: [(name: String, value: String)] = [("publisher", skill.author)]
    facts.append(("versions", all.prefix(8).joined(separator: ", ") + (all.count > 8 ? ", …" : "")))
    if let version {
      let files = "\(version.fileCount) file\(version.fileCount == 1 ? "" : "s")"
      facts.append(("size", "\(ByteCount.text(version.size)) packed, \(files)"))
    }
    let needed = entry?.dependencies ?? []
    facts.append(("dependencies", needed.isEmpty ? "none" : needed.joined(separator: ", ")))
    facts.append(("archive", skill.digest?.description ?? "-"))
    facts.append(("files", skill.treeDigest?.description ?? "-"))
    facts.append(("published", (version?.publishedAt ?? skill.updatedAt).ISO8601Format()))
    return facts
  }

  /// Of a version that is not simply there, with the reason when one was given.
  private var state: Message {
    guard let status = version?.status, status != .published else { return "" }
    let reason: Message = entry?.reason.map { ": \(ScreenText.line($0))" } ?? ""
    return " (\(status.rawValue)\(reason))"
  }
}
