import FileSystem
import Skills
import SystemPackage

/// What the examinations look at: a project, or a user's own skills, with every folder of skills that is there.
struct Examination {
  /// A folder of an agent other than the shared one.
  struct AgentFolder {
    /// A text of `InstallTargets.knownFolders`.
    let text: String
    let directory: Directory
  }

  let targets: InstallTargets
  let environment: AgentEnvironment
  /// Agents that were chosen or are used here.
  let agents: [Agent]
  /// Nil when there is no shared folder.
  let shared: Directory?
  /// Each real folder once, by text.
  let folders: [AgentFolder]
  let manifest: Result<ProjectManifest?, MeshError>
  let lock: Result<Lockfile?, MeshError>
  let installed: [InstalledSkill]

  init(_ targets: InstallTargets, _ environment: AgentEnvironment) throws(MeshError) {
    self.targets = targets
    self.environment = environment
    let project = targets.scope == .project ? targets.base : nil
    let seen = Set((targets.agents + Agent.used(project: project, in: environment)).map(\.id))
    agents = Agent.all.filter { seen.contains($0.id) }
    shared = try targets.open(Agent.sharedFolder)?.directory
    folders = try Self.folders(targets, shared)
    manifest = Result { () throws(MeshError) in try SkillInstaller.manifest(in: targets) }
    lock = Result { () throws(MeshError) in try SkillInstaller.lock(in: targets) }
    installed = try SkillInstaller.installed(in: targets)
  }

  /// Nil where there is none, or none that can be read.
  var readManifest: ProjectManifest? { (try? manifest.get()) ?? nil }
  var readLock: Lockfile? { (try? lock.get()) ?? nil }

  private static func folders(_ targets: InstallTargets, _ shared: Directory?) throws(MeshError) -> [AgentFolder] {
    var seen: Set<FileIdentity> = []
    if let shared { seen.insert(try shared.identity()) }
    var folders: [AgentFolder] = []
    for text in targets.knownFolders.sorted() {
      // What lies outside of the project is not for us to fix.
      // Nor is it what cannot be opened: that is reported where a record says that there is a link in it.
      guard let directory = try? targets.open(text)?.directory,
        seen.insert(try directory.identity()).inserted
      else { continue }
      folders.append(AgentFolder(text: text, directory: directory))
    }
    return folders
  }
}
