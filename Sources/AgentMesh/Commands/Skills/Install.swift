import ArgumentParser
import RegistryAPI
import SkillInstaller
import Skills

/// `skills install`: fetch, check, and put skills where agents read them.
struct Install: MeshCommand {
  static let configuration = CommandConfiguration(
    abstract: "Install skills into a project.",
    discussion: """
      The skill goes to .agents/skills/<slug>, and .claude/skills/<slug> links to it; --agent names other agents.

        agent-mesh skills install acme/reviewer
        agent-mesh skills install acme/reviewer@^1.2 acme/writer ./project
      """)

  @Argument(help: "Skills, as author/slug or author/slug@range, and at the end optionally the folder of the project.")
  var skills: [String]

  @Option(name: .long, help: "An agent to link the skill for, such as codex; may be repeated.")
  var agent: [String] = []

  @Flag(name: .shortAndLong, help: "Replace what stands in the way; edited and foreign folders are kept as backups.")
  var force = false

  @Flag(help: "Show what would be done and change nothing.")
  var dryRun = false

  @OptionGroup var registry: RegistryOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InstallReport {
    let (words, path) = Project.split(skills)
    let references = try words.map { try SkillReference(parsing: $0) }
    let installer = try SkillInstaller(
      client: mesh.registry(registry), targets: Project.targets(path, agents: agent), report: mesh.show)
    let options = InstallOptions(force: force)
    if dryRun { return InstallReport(planned: try await installer.plan(references, options)) }
    let items = try await installer.install(references, options)
    mesh.progress.clear()
    for backup in items.flatMap(\.backups) { mesh.talk.warn("what stood there before is now in '\(backup)'") }
    return InstallReport(items)
  }
}

extension Mesh {
  /// Shows the progress of an installation.
  func show(_ event: SkillInstaller.Progress) {
    switch event {
    case .fetching(let name, let version, let bytes, let size):
      progress.show("fetching \(name)@\(version): \(ByteCount.text(bytes)) of \(ByteCount.text(size))")
    case .placed(let name, let version): progress.show("installed \(name)@\(version)")
    }
  }
}

/// One skill as an answer shows it.
struct SkillAnswer: Encodable, Sendable {
  let author: String
  let slug: String
  let name: String
  let version: String
  let isPrivate: Bool

  enum CodingKeys: String, CodingKey {
    case author, slug, name, version
    case isPrivate = "is_private"
  }

  init(_ item: InstalledItem) {
    author = item.name.author.rawValue
    slug = item.name.slug.rawValue
    name = item.name.slug.rawValue
    version = item.version.description
    isPrivate = item.isPrivate
  }
}

struct InstallReport: Report {
  struct Item: Encodable, Sendable {
    let skill: SkillAnswer
    let installedTo: String
    let filesCount: Int
    let digest: Digest
    let treeDigest: TreeDigest
    /// Folders from which agents reach the skill.
    let agents: [String]
    let backups: [String]

    enum CodingKeys: String, CodingKey {
      case skill, digest, agents, backups
      case installedTo = "installed_to"
      case filesCount = "files_count"
      case treeDigest = "tree_digest"
    }

    init(_ item: InstalledItem) {
      skill = SkillAnswer(item)
      installedTo = item.folder
      filesCount = item.fileCount
      digest = item.digest
      treeDigest = item.treeDigest
      agents = [Agent.sharedFolder] + item.links
      backups = item.backups
    }
  }

  private let items: [Item]
  private let planned: [InstallPlan]?

  init(_ items: [InstalledItem]) {
    self.items = items.map(Item.init)
    planned = nil
  }

  init(planned: [InstallPlan]) {
    items = []
    self.planned = planned
  }

  enum CodingKeys: String, CodingKey {
    case success, installed, planned
  }

  /// The first skill stands at the top level, where older scripts look; `installed` has them all.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(true, forKey: .success)
    if let planned { return try container.encode(planned, forKey: .planned) }
    try items.first?.encode(to: encoder)
    if items.count > 1 { try container.encode(items, forKey: .installed) }
  }

  func text(_ style: Style) -> String {
    if let planned {
      return planned.map { plan in
        let from = plan.previousVersion.map { " (now \($0))" } ?? ""
        return
          "would \(plan.action.rawValue) \(TerminalText.escaped(plan.reference))@\(plan.version)\(from) in \(plan.folder)"
      }.joined(separator: "\n")
    }
    return items.map { item in
      let name = style.bold("\(item.skill.author)/\(item.skill.slug)@\(item.skill.version)")
      let files = "\(item.filesCount) file\(item.filesCount == 1 ? "" : "s")"
      let links = item.agents.count > 1 ? ", linked from \(item.agents.dropFirst().joined(separator: ", "))" : ""
      return "Installed \(name) (\(files)) in \(item.installedTo)\(links)."
    }.joined(separator: "\n")
  }
}
