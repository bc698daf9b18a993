import ArgumentParser
import SkillInstaller
import SkillSources
import Skills

/// `skills import`: what another program lists, installed, and folders that somebody has copied by hand, written down.
struct Import: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take over skills that are there already, or that another program lists.",
    discussion: """
      In a project with the skills-lock.json of 'npx skills', or the skills.json of skills-package-manager (spm): \
      installs what that program lists, as 'skills add' would, at the commit and with the content that it has locked; \
      content that differs is an integrity error. What has no source here, such as a package of npm, is left out and \
      told. The files of the other program stay as they are. Only one skills.json can be there: --replace puts ours in \
      its place, and keeps the other as \(ForeignManifest.backupName). Folders that the other program has made are \
      replaced with --force, and then kept as backups.

      Elsewhere: looks through .agents/skills and the folder of every known agent, and leaves all files where and as \
      they are. A skill that was copied by hand becomes a source at its own place, locked by its content; one that \
      agent-mesh installed before there was a skills.json becomes an ordinary entry. Links are passed over. After an \
      edit a skill is locked anew with: agent-mesh skills add ./.claude/skills/my-skill.

        agent-mesh skills import --dry-run
        agent-mesh skills import
        agent-mesh skills import --replace            # ours in the place of spm's skills.json
        agent-mesh skills import ./shared-skills      # other folders with skills, such as .agents/skills
      """)

  @Argument(
    help: ArgumentHelp("Folders with skills, or one project; without any, the current project.", valueName: "folder"),
    completion: .directory)
  var folders: [String] = []

  @Flag(help: "Put ours in the place of another program's skills.json, which is kept under another name.")
  var replace = false

  @OptionGroup var changing: ChangeOptions
  @OptionGroup var agents: AgentOptions
  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> AnyReport {
    let project = try project(folders)
    if project != nil || folders.isEmpty,
      let listed = try ForeignProject.read(in: mesh.place(project, scope), replacingForeign: replace)
    {
      return AnyReport(report: try await install(listed, in: project, mesh))
    }
    return AnyReport(report: try await adopt(in: project, mesh))
  }

  /// Installs what another program lists.
  private func install(
    _ listed: ForeignProject, in project: String?, _ mesh: Mesh
  ) async throws -> ForeignImportReport {
    let targets = try mesh.place(project, scope)
    let manifest = try SkillInstaller.manifest(in: targets, replacingForeign: replace)
    var foreign = ForeignSkills(listed.skills, for: targets, without: manifest?.folders ?? [])
    let place = try mesh.workplace(
      project, scope, network, agents, replacingForeign: replace, expecting: foreign.sources)
    let isOffline = network.offline
    let skills = try await foreign.read(with: place.sources) { source throws(MeshError) in
      guard !isOffline || source.isLocal else { throw Mesh.offline(source.description) }
      mesh.progress.show("reading \(source.description)")
    }
    mesh.progress.clear()
    for skipped in foreign.skipped { mesh.talk.warn("left out '\(skipped.path)': \(skipped.reason)") }
    var report: InstallReport?
    if !skills.isEmpty {
      for skill in skills where !changing.dryRun { mesh.cache.store(skill.packed.bytes, as: skill.packed.digest) }
      mesh.tell(of: skills)
      mesh.warn(of: listed.linkTargets, without: place.targets)
      var options = InstallOptions(force: changing.force, saves: true, namesAgents: place.choice.reason == .asked)
      options.replacesForeignManifest = replace
      report = try await mesh.carryOut(
        .addSources(skills.map { $0.locked(as: $0.suggestedFolder) }), at: place, options, dryRun: changing.dryRun,
        agreed: changing.yes)
    }
    return ForeignImportReport(
      installed: report, known: foreign.known, skipped: foreign.skipped, dryRun: changing.dryRun)
  }

  /// Writes down what lies in the folders of agents, or in others that are named.
  private func adopt(in project: String?, _ mesh: Mesh) async throws -> AdoptionReport {
    let targets = try mesh.targets(project, scope, agents).targets
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
      changing.dryRun ? try Adoption(of: skills, in: targets) : try await Adoption.perform(of: skills, in: targets)
    if !changing.dryRun { for copy in read.copies { mesh.cache.store(copy.bytes, as: copy.skill.digest) } }
    for reason in adoption.lock.disagreements(with: adoption.manifest) where !adoption.skills.isEmpty {
      mesh.talk.warn("\(reason); to bring that in order: agent-mesh skills install")
    }
    return AdoptionReport(adoption, found: skills.count, read.skipped, isPlan: changing.dryRun)
  }

  /// The one folder that is a project: another program keeps a list in it, or it holds folders of agents, and no skills
  /// of its own.
  private func project(_ folders: [String]) throws -> String? {
    guard folders.count == 1, let folder = folders.first else { return nil }
    let targets = try Project.targets(folder)
    if replace || ForeignProject.isIn(targets) { return folder }
    let known = targets.knownFolders.union([Agent.sharedFolder])
    return known.contains { Project.isFolder(targets.path(of: $0).string) } ? folder : nil
  }
}

extension Mesh {
  /// Warns of folders in which another program makes links, and this one will not.
  fileprivate func warn(of linkTargets: [String], without targets: InstallTargets) {
    for folder in linkTargets where folder != Agent.sharedFolder && !targets.linkedFolders.contains(folder) {
      talk.warn("'\(folder)' gets no links; its agent is named with --agent, see: agent-mesh skills targets --all")
    }
  }
}

extension ProjectManifest {
  /// Folders that something is installed as.
  fileprivate var folders: Set<SkillSlug> { Set(sources.keys).union(skills.keys.map { folder(of: $0) }) }
}
