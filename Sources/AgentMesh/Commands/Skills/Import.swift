import ArgumentParser
import SkillInstaller
import SkillSources
import Skills

/// `skills import`: folders that somebody has copied by hand, written down.
struct Import: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Write skills that are there already into skills.json and skills.lock.",
    discussion: """
      Looks through .agents/skills and the folder of every known agent, and leaves all files where and as they are: a \
      skill that was copied by hand becomes a source at its own place, locked by its content; one that agent-mesh \
      installed before there was a skills.json becomes an ordinary entry. Links are passed over. After an edit a skill is \
      locked anew with: agent-mesh skills add ./.claude/skills/my-skill.

        agent-mesh skills import --dry-run
        agent-mesh skills import
        agent-mesh skills import ./shared-skills      # other folders with skills
      """)

  @Argument(
    help: ArgumentHelp("Folders with skills, or one project; without any, the current project.", valueName: "folder"),
    completion: .directory)
  var folders: [String] = []

  @Flag(help: "Show what would be written and change nothing.")
  var dryRun = false

  @OptionGroup var scope: ScopeOption
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> ImportReport {
    let project = try Self.project(folders)
    let targets = try mesh.targets(project, scope).targets
    var search = UnmanagedSkills(targets)
    if project != nil || folders.isEmpty {
      search.lookAtAgentFolders()
    } else {
      for folder in folders { try search.look(at: folder) }
    }
    let read = await search.read(with: mesh.sources(of: targets.base))
    for skipped in read.skipped { mesh.talk.warn("left out '\(skipped.path)': \(skipped.reason)") }
    let skills = read.recorded + read.copies.map(\.skill)
    let adoption =
      dryRun ? try Adoption(of: skills, in: targets) : try await Adoption.perform(of: skills, in: targets)
    if !dryRun { for copy in read.copies { mesh.cache.store(copy.bytes, as: copy.skill.digest) } }
    for reason in adoption.lock.disagreements(with: adoption.manifest) where !adoption.skills.isEmpty {
      mesh.talk.warn("\(reason); to bring that in order: agent-mesh skills install")
    }
    return ImportReport(adoption, found: skills.count, read.skipped, isPlan: dryRun)
  }

  /// The one folder that is a project: it holds folders of agents, and no skills of its own.
  private static func project(_ folders: [String]) throws -> String? {
    guard folders.count == 1, let folder = folders.first else { return nil }
    let targets = try Project.targets(folder, agents: [])
    let known = targets.knownFolders.union([Agent.sharedFolder])
    return known.contains { Project.isFolder(targets.path(of: $0).string) } ? folder : nil
  }
}

/// What was written down, or would be.
struct ImportReport: Report {
  struct Imported: Encodable, Sendable {
    let slug: String
    let reference: String
    let version: String?
    let treeDigest: TreeDigest
  }

  let success = true
  let imported: [Imported]
  /// Skills that were written down before.
  let known: Int
  let skipped: [UnmanagedSkills.Skipped]
  let dryRun: Bool

  init(_ adoption: Adoption, found: Int, _ skipped: [UnmanagedSkills.Skipped], isPlan: Bool) {
    imported = adoption.skills.map {
      Imported(slug: $0.folder.rawValue, reference: $0.reference, version: $0.version, treeDigest: $0.treeDigest)
    }
    known = found - imported.count
    self.skipped = skipped
    dryRun = isPlan
  }

  var isAction: Bool { !dryRun }

  func text(_ style: Style) -> Message {
    guard !imported.isEmpty else {
      if known > 0 { return "Nothing new: \(known) skill\(known == 1 ? " is" : "s are") written down already." }
      return "There are no skills to import."
    }
    var table = Table(["SKILL", "VERSION", "FROM"])
    for skill in imported { table.add([skill.slug, skill.version ?? "-", skill.reference]) }
    let count = "\(imported.count) skill\(imported.count == 1 ? "" : "s")"
    let verb = dryRun ? "Would write \(count)" : "Wrote \(count)"
    return table.text(style) + "\n\(verb) into \(ProjectManifest.fileName) and \(Lockfile.fileName)."
  }
}
