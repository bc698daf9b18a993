import ArgumentParser
import FoundationSubset
import SkillArchive
import SkillInstaller
import Skills

/// `skills install`: fetch, check, and put skills where agents read them.
struct Install: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install skills, or everything that skills.json and skills.lock say.",
    discussion: """
      With names: adds them to skills.json, resolves what they need, and installs all of it or nothing. Without names: \
      installs what is written. A skill goes to .agents/skills/<slug>; other agents get links to it.

        agent-mesh skills install acme/reviewer
        agent-mesh skills install acme/reviewer@^1.2 acme/writer ./project
        agent-mesh skills install                  # what skills.json says
        agent-mesh skills install --frozen         # exactly what skills.lock says, or fail

      On a terminal you are shown what a new skill may do before it is installed; --yes agrees beforehand.
      """)

  @Argument(
    help: "Skills, as author/slug or author/slug@range, and at the end optionally the folder of the project.",
    completion: .custom(Completions.referencesAndFolders))
  var skills: [String] = []

  @Flag(help: "Install exactly what skills.lock says; fail when it does not agree with skills.json. Writes neither.")
  var frozen = false

  @Flag(name: .customLong("no-save"), help: "Leave skills.json and skills.lock as they are.")
  var noSave = false

  @Option(name: .customLong("as"), help: "Install the one skill under another name.")
  var folder: String?

  @Option(help: "Pass over versions that are younger, such as 24h or 3d.")
  var minAge: String?

  @OptionGroup var changing: ChangeOptions
  @OptionGroup var agents: AgentOptions
  @OptionGroup var scope: ScopeOption
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InstallReport {
    mesh.prepare(network)
    Libarchive.prepare()
    let (words, path) = Project.split(skills)
    let references = try words.map { try reference($0, mesh) }
    if frozen, !references.isEmpty {
      throw MeshError(
        .usage, "--frozen installs what skills.lock says, and names no skills", hint: "Leave out one of them.")
    }
    if folder != nil, references.isEmpty {
      throw MeshError(
        .usage, "--as names the folder of a skill, and no skill is named",
        hint: "Name it: agent-mesh skills install author/slug --as <name>")
    }
    let place = try mesh.workplace(path, scope, network, agents)
    if !references.isEmpty, !noSave, place.manifest == nil, place.targets.scope == .project,
      let above = ProjectSearch(home: mesh.userEnvironment.home).project(above: place.targets.base)
    {
      mesh.talk.info("'\(above)' is a project; this folder becomes a project of its own")
    }
    let change: ProjectChange =
      references.isEmpty
      ? .install(isFrozen: frozen) : .add(references, as: try folder.map { try SkillSlug(parsing: $0) })
    var options = InstallOptions(
      force: changing.force, saves: !noSave,
      minimumAge: try mesh.minimumAge(minAge, place.manifest, isUnattended: false),
      namesAgents: place.choice.reason == .asked)
    // What is locked was looked at when it was locked; somebody at a terminal sees it all the same.
    options.reviews = !frozen || changing.dryRun || (mesh.canAsk && !changing.yes)
    return try await mesh.carryOut(change, at: place, options, dryRun: changing.dryRun, agreed: changing.yes)
  }

  private func reference(_ word: String, _ mesh: Mesh) throws -> SkillReference {
    let shown = Message(word, limit: 200)
    do {
      let reference = try SkillReference(parsing: word)
      if Project.isFolder(word) { mesh.talk.info("'\(shown)' is taken as a skill; a folder is written ./\(shown)") }
      return reference
    } catch {
      guard word.contains("://") || Project.isWrittenAsFolder(word) || FileManager.default.fileExists(atPath: word)
      else { throw error }
      throw MeshError(
        .usage, "'\(shown)' is no skill of a registry", hint: "Add it from where it is: agent-mesh skills add \(shown)")
    }
  }
}

/// `skills ci`: `install --frozen` under the name that other package managers have for it.
struct CleanInstall: MeshCommand {
  static let configuration = CommandConfiguration(
    commandName: "ci", abstract: "Install exactly what skills.lock says; the same as install --frozen.")

  @Flag(name: .shortAndLong, help: "Replace what stands in the way; edited and foreign folders are kept as backups.")
  var force = false

  @OptionGroup var agents: AgentOptions
  @OptionGroup var project: ProjectOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var output: OutputOptions

  func run(in mesh: Mesh) async throws -> InstallReport {
    mesh.prepare(network)
    Libarchive.prepare()
    let place = try mesh.workplace(project.path, project.scope, network, agents)
    var options = InstallOptions(force: force)
    options.reviews = false
    return try await mesh.carryOut(.install(isFrozen: true), at: place, options, dryRun: false, agreed: true)
  }
}

extension Mesh {
  /// Plans a change, shows it, asks where somebody can answer, and makes it.
  func carryOut(
    _ change: ProjectChange, at place: Workplace, _ options: InstallOptions, dryRun: Bool, agreed: Bool
  ) async throws -> InstallReport {
    let prepared = try await place.installer.plan(change, options)
    progress.clear()
    if dryRun {
      report(prepared.plan)
      return InstallReport(prepared.plan)
    }
    try agree(to: prepared.plan, isAgreed: agreed)
    let outcome = try prepared.perform()
    progress.clear()
    report(outcome)
    try remember(place)
    return InstallReport(outcome)
  }

  /// Tells what a change has moved away, and what it leaves as it is.
  func report(_ outcome: ChangeOutcome) {
    for backup in outcome.backups { talk.warn("what stood there before is now in '\(backup)'") }
    for (slug, paths) in outcome.plan.edited {
      talk.warn("\(slug) was edited here and stays as it is: \(paths.prefix(5).joined(separator: ", "))")
    }
    for skill in outcome.notices.withdrawn {
      talk.warn("\(skill.title) stays, although its author has withdrawn it; see: agent-mesh skills outdated")
    }
    for (old, new) in outcome.notices.renames.pairs { talk.info("\(old) is called \(new) now") }
    report(outcome.plan)
  }

  /// Tells what a change leaves, and which versions it passes over.
  func report(_ plan: ChangePlan) {
    for rest in plan.remaining {
      let way: Message =
        rest.isOurs
        ? "To move it to the backups: agent-mesh skills remove \(rest.skill) --force" : "Remove it by hand"
      talk.warn("'\(rest.entry)' stays, being \(rest.what): agents still read it. \(way)")
    }
    for entry in plan.notices.passedOver { talk.info(entry.sentence) }
  }

  /// The agents that somebody names for their own skills are those of the next command that names none; a project
  /// writes its own down.
  private func remember(_ place: Workplace) throws {
    let choice = place.choice
    guard place.targets.scope == .user, choice.reason == .asked, try settings.read().targets != choice.agents else {
      return
    }
    try settings.change { $0.targets = choice.agents }
  }
}

extension PassedOver {
  /// For a person.
  var sentence: Message {
    switch reason {
    case .yanked: "\(name)@\(number) was not taken: its author has yanked it"
    case .quarantined(let reason):
      "\(name)@\(number) gives way to another version: it was quarantined by the registry's operator"
        + (reason.map { ": \($0)" } ?? "")
    case .tooNew(let publishedAt):
      "\(name)@\(number) was not taken: it was published only on \(publishedAt.ISO8601Format())"
    case .unreadable(let sentence): "\(name)@\(number) was not taken: \(sentence)"
    case .notAllowed(let others):
      "\(name)@\(number) was not taken: an older one is needed by \(others.joined(separator: ", "))"
    }
  }
}
