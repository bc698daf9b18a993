import ArgumentParser
import SkillInstaller
import Skills

/// `skills why`: by whose wish a skill is there.
struct Why: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Say why a skill is there: who wants it, and through which skills.",
    discussion: """
      Shows every shortest way from what skills.json names, and everybody who needs the skill. No network.

        agent-mesh skills why acme/base
      """)

  @OptionGroup var named: NamedSkill
  @OptionGroup var project: ProjectOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> WhyReport {
    let (targets, _, manifest) = try mesh.targets(project.path, project.scope)
    let lock = try mesh.known(in: targets)
    let skill = try lock.skill(named: named.skill)
    var report = WhyReport(skill, lock, manifest)
    report.isWrittenDown = try SkillInstaller.lock(in: targets).map { $0[skill.folder] != nil } ?? true
    return report
  }
}

struct WhyReport: Report {
  /// One skill on the way, and as what the one before it, or skills.json, wants it.
  struct Step: Encodable, Sendable {
    let folder: String
    let reference: String
    let version: String?
    let wanted: String?

    fileprivate var text: Message {
      let name = [reference, version].compactMap(\.self).joined(separator: "@")
      let range = wanted.map { " (\($0))" } ?? ""
      return "\(name)\(range)"
    }
  }

  let folder: String
  let reference: String
  let version: String?
  let pinned: Bool
  /// From what skills.json names to the skill, both included.
  let chains: [[Step]]
  /// Everybody whose front matter names the skill.
  let neededBy: [Step]

  private let isManaged: Bool
  /// False for a skill that was installed beside what is locked.
  fileprivate(set) var isWrittenDown = true

  enum CodingKeys: String, CodingKey {
    case folder, reference, version, pinned, chains, neededBy
  }

  init(_ skill: LockedSkill, _ lock: Lockfile, _ manifest: ProjectManifest?) {
    folder = skill.folder.rawValue
    reference = skill.reference
    version = skill.version
    isManaged = manifest != nil
    pinned = manifest?.isPinned(skill) ?? false
    let wanted = manifest ?? ProjectManifest(wantingAllOf: lock)
    chains = lock.chains(to: skill.folder, from: wanted).map { Self.steps($0, wanted) }
    neededBy = lock.skills.compactMap { other in
      guard let needed = other.dependencies.first(where: { $0.name == skill.name }) else { return nil }
      return Step(other, wanted: needed.range?.description)
    }
  }

  private static func steps(_ chain: [LockedSkill], _ manifest: ProjectManifest) -> [Step] {
    var before: LockedSkill?
    return chain.map { skill in
      defer { before = skill }
      let range =
        before == nil
        ? skill.name.flatMap { manifest.skills[$0]?.range }
        : before?.dependencies.first { $0.name == skill.name }?.range
      return Step(skill, wanted: range?.description)
    }
  }

  func text(_ style: Style) -> Message {
    let name = style.bold(Message([reference, version].compactMap(\.self).joined(separator: "@")))
    var lines: [Message] = ["\(name) is in '\(folder)'\(pinned ? ", pinned to that version" : "")."]
    for chain in chains {
      let start = Message(isManaged ? ProjectManifest.fileName : "installed here")
      lines.append("  " + ([start] + chain.map(\.text)).joined(separator: " → "))
    }
    if chains.isEmpty {
      lines.append(
        isWrittenDown
          ? "  Nothing in \(ProjectManifest.fileName) needs it. To remove it: agent-mesh skills install"
          : "  It was installed without being written down, and stays until it is removed.")
    }
    let direct = Set(chains.compactMap { $0.dropLast().last?.reference })
    for other in neededBy where !direct.contains(other.reference) {
      let range = other.wanted.map { " as \($0)" } ?? ""
      lines.append("  also needed\(range) by \(other.reference)")
    }
    return lines.joined(separator: "\n")
  }
}

extension WhyReport.Step {
  init(_ skill: LockedSkill, wanted: String?) {
    self.init(folder: skill.folder.rawValue, reference: skill.reference, version: skill.version, wanted: wanted)
  }
}
