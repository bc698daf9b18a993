import ArgumentParser
import SkillInstaller
import SkillSources
import Skills

/// `skills add`: skills that are in no registry.
struct Add: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add skills from folders, archives, git repositories and sites.",
    discussion: """
      A source is written in skills.json and locked by its commit or its content, then installed like any other skill. \
      Nothing in it is run.

        agent-mesh skills add ./shared/reviewer               # a folder, or a .tar.gz or .zip file
        agent-mesh skills add https://example.org/skill.zip
        agent-mesh skills add owner/repo                      # GitHub; also gitlab:owner/repo, git.example.org:o/r
        agent-mesh skills add https://example.org/r.git#v2:skills/pdf
        agent-mesh skills add https://example.org             # a site with a skills index
        agent-mesh skills add owner/repo --list
        agent-mesh skills add owner/repo --skill pdf docx     # '*' for all

      Skills of a registry are installed with: agent-mesh skills install author/slug
      """)

  @Argument(
    help: ArgumentHelp("Sources, and at the end optionally the folder of the project.", valueName: "source"),
    completion: .file())
  var words: [String]

  @Option(
    name: .customLong("skill"), parsing: .upToNextOption,
    help: ArgumentHelp("Which skills of a source that has several; '*' for all.", valueName: "name"))
  var names: [String] = []

  @Flag(help: "List the skills of the sources and add none.")
  var list = false

  @Option(name: .customLong("as"), help: "Install the one skill under another name.")
  var folder: String?

  @Flag(name: .customLong("no-save"), help: "Leave skills.json and skills.lock as they are.")
  var noSave = false

  @OptionGroup var changing: ChangeOptions
  @OptionGroup var agents: AgentOptions
  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> AnyReport {
    let (sources, path) = SourcePath.split(words)
    let place = try mesh.workplace(path, scope, network, agents)
    let offer = try await mesh.offer(
      of: sources, only: list ? [] : names, to: place, isOffline: network.offline)
    if list { return AnyReport(report: SourceListReport(offer)) }
    for refused in offer.passedOver { mesh.talk.warn("left out '\(refused.name)': \(refused.reason.message)") }
    let chosen = try offer.choose(names, in: mesh)
    let skills = try locked(chosen)
    for skill in chosen where !changing.dryRun { mesh.cache.store(skill.packed.bytes, as: skill.packed.digest) }
    mesh.tell(of: chosen)
    for skill in skills where place.targets.isInPlace(skill) {
      mesh.talk.info("\(skill.folder) stays where it is, and is locked as it is now")
    }
    let options = InstallOptions(force: changing.force, saves: !noSave, namesAgents: place.choice.reason == .asked)
    let report = try await mesh.carryOut(
      .addSources(skills), at: place, options, dryRun: changing.dryRun, agreed: changing.yes)
    return AnyReport(report: report)
  }

  /// What is chosen under the names of the folders that it goes to.
  private func locked(_ chosen: [SourcedSkill]) throws -> [LockedSkill] {
    if let folder {
      guard chosen.count == 1, let skill = chosen.first else {
        throw MeshError(.usage, "--as names the folder of one skill, and \(chosen.count) are to be added")
      }
      return [skill.locked(as: try SkillSlug(parsing: folder))]
    }
    for (slug, group) in Dictionary(grouping: chosen, by: \.suggestedFolder) where group.count > 1 {
      let sources = group.map(\.source.description).sorted().joined(separator: " and ")
      throw MeshError(
        .conflict, "\(sources, limit: 600) would both be installed as '\(slug)'",
        hint: "Add them one after the other, one of them under another name with --as <name>.")
    }
    return chosen.map { $0.locked(as: $0.suggestedFolder) }
  }
}

extension Mesh {
  /// What somebody has to know of skills that are about to be added.
  func tell(of skills: [SourcedSkill]) {
    tellAuthors(of: skills)
    tellFindings(of: skills)
    for skill in skills { tell(leftOut: skill.leftOut, of: skill.suggestedFolder.rawValue) }
  }

  /// Who made the commits from which skills are about to be added, and when.
  private func tellAuthors(of skills: [SourcedSkill]) {
    for (commit, group) in Dictionary(grouping: skills, by: \.commit).sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
      guard let commit, let made = group.first?.authorship else { continue }
      let folders = group.map(\.suggestedFolder.rawValue).sorted().joined(separator: ", ")
      talk.info(
        "\(folders): commit \(commit.prefix(12)) by \(made.name, limit: 200) of \(made.date.ISO8601Format())")
    }
  }

  /// What the lenient checks have to say of skills that are about to be added.
  private func tellFindings(of skills: [SourcedSkill]) {
    for skill in skills {
      let warnings = skill.findings.filter { $0.severity != .note }
      for finding in warnings.prefix(5) {
        let line = finding.line.map { ":\($0)" } ?? ""
        talk.warn("\(skill.suggestedFolder): \(finding.file)\(line) \(finding.message)")
      }
      if warnings.count > 5 { talk.warn("\(skill.suggestedFolder): and \(warnings.count - 5) more") }
    }
  }
}
