import Skills
import Synchronization

/// What is installed in a project, or for a user: `verify`, `doctor`, `audit` and `installed` all say what they find
/// here, and so does every change.
///
/// Folders are opened and listed once; `skills.json`, `skills.lock` and records are read, and the files of a skill
/// hashed, when somebody asks, and once. Making one takes no lock and changes nothing.
package final class Examination: Sendable {
  /// What stands in the shared folder under the name of a skill.
  enum SharedEntry: Sendable {
    case missing
    /// With its text.
    case link(String)
    /// Neither a folder nor a link.
    case file
    case folder(SkillFolder)
  }

  let targets: InstallTargets
  /// Nil when there is no shared folder.
  let shared: FolderListing?
  private let project: Directory?
  private let files: StateFiles
  private let replacesForeign: Bool
  private let looked = Mutex(Looked())

  /// What somebody has asked for.
  private struct Looked {
    var manifest: Result<StateFile<ProjectManifest>, MeshError>?
    var lock: Result<StateFile<Lockfile>, MeshError>?
    var entries: [SkillSlug: Result<SharedEntry, MeshError>] = [:]
    /// By their texts; nil for one that is not there.
    var opened: [String: Result<OpenFolder?, MeshError>] = [:]
    var folders: [FolderListing]?
    var installed: [InstalledSkill]?
  }

  /// - Parameter replacingForeign: Whether a `skills.json` of another program counts as none.
  /// - Throws: `conflict` for a shared folder that lies outside of the project, `fileError` for one that cannot be read.
  package init(of targets: InstallTargets, replacingForeign: Bool = false) throws(MeshError) {
    self.targets = targets
    files = StateFiles(folder: targets.stateFolder)
    replacesForeign = replacingForeign
    let folder = try targets.open(Agent.sharedFolder)
    let listing = folder.map { FolderListing($0.directory, called: Agent.sharedFolder) }
    _ = try listing?.items.get()
    (project, shared) = (folder?.project, listing)
  }
}

extension Examination {
  /// `skills.json`, or why it cannot be read.
  var manifest: Result<StateFile<ProjectManifest>, MeshError> {
    if let known = looked.withLock({ $0.manifest }) { return known }
    let found = Result { () throws(MeshError) in try files.manifest(replacingForeign: replacesForeign) }
    looked.withLock { $0.manifest = found }
    return found
  }

  /// `skills.lock`, or why it cannot be read.
  var lock: Result<StateFile<Lockfile>, MeshError> {
    if let known = looked.withLock({ $0.lock }) { return known }
    let found = Result { () throws(MeshError) in try files.lock() }
    looked.withLock { $0.lock = found }
    return found
  }

  /// Every skill in the shared folder, ours or not, by name of its folder.
  package var installed: [InstalledSkill] {
    if let known = looked.withLock({ $0.installed }) { return known }
    let found = shared.map { InstalledSkill.all(in: $0, knowing: targets.knownFolders) } ?? []
    looked.withLock { $0.installed = found }
    return found
  }

  /// Nil where there is none, or none that can be read.
  var readManifest: ProjectManifest? { (try? manifest.get())?.content }
  package var readLock: Lockfile? { (try? lock.get())?.content }

  /// What is locked, and what is recorded in folders that no lock speaks of.
  ///
  /// - Throws: for a `skills.lock` that cannot be read.
  package func known() throws(MeshError) -> Lockfile {
    Lockfile(installed.compactMap { $0.mark?.locked } + (try lock.get().content?.skills ?? []))
  }

  /// Sentences on how `skills.json` and `skills.lock` contradict each other; none where one of them cannot be read.
  var disagreements: [String] {
    guard case .success(let manifest) = self.manifest, case .success(let lock) = self.lock else { return [] }
    switch (manifest.content, lock.content) {
    case (nil, nil): return []
    case (let manifest?, let lock?): return lock.disagreements(with: manifest)
    case (let manifest?, nil):
      return manifest.skills.isEmpty && manifest.sources.isEmpty
        ? [] : ["\(ProjectManifest.fileName) is there, and \(Lockfile.fileName) is not"]
    case (nil, _?): return ["\(Lockfile.fileName) is there, and \(ProjectManifest.fileName) is not"]
    }
  }
}

extension Examination {
  /// What stands in the shared folder under the name of a skill, with its files hashed where they are ours.
  func entry(of slug: SkillSlug) throws(MeshError) -> SharedEntry {
    if let known = looked.withLock({ $0.entries[slug] }) { return try known.get() }
    let found = Result { () throws(MeshError) in try look(at: slug) }
    looked.withLock { $0.entries[slug] = found }
    return try found.get()
  }

  private func look(at slug: SkillSlug) throws(MeshError) -> SharedEntry {
    guard let directory = shared?.directory, let kind = try directory.kind(of: slug.rawValue) else { return .missing }
    switch kind {
    case .link(let text): return .link(text)
    case .file, .other: return .file
    case .directory:
      // With its record as it is now: a change that is going on replaces both in one step.
      return .folder(try SkillFolder(directory.child(slug.rawValue), named: slug, knowing: targets.knownFolders))
    }
  }

  /// The files of a skill where agents read them; nil when no folder is there.
  func contents(of skill: LockedSkill) throws(MeshError) -> InstalledContents? {
    if targets.isInPlace(skill) { return try InstalledContents.present(of: skill, in: targets) }
    return try contents(inFolder: skill.folder.rawValue)
  }

  /// As above, of a folder among the shared ones.
  func contents(inFolder name: String) throws(MeshError) -> InstalledContents? {
    try InstalledContents.present(name, in: shared?.directory)
  }
}

extension Examination {
  /// The folder of an agent, a text of `InstallTargets.knownFolders`; nil when it is not there.
  ///
  /// - Throws: `conflict` when it lies outside of the project.
  func open(_ text: String) throws(MeshError) -> OpenFolder? {
    if let known = looked.withLock({ $0.opened[text] }) { return try known.get() }
    let found = Result { () throws(MeshError) in try targets.open(text, in: project) }
    looked.withLock { $0.opened[text] = found }
    return try found.get()
  }

  /// The entry of a skill in the folder of an agent; nil when one of the two folders is not there.
  func link(_ slug: SkillSlug, in text: String) throws(MeshError) -> AgentLink? {
    guard let shared, let folder = try open(text) else { return nil }
    return AgentLink(agentFolder: try AgentFolder(folder, shared: shared.directory), slug: slug)
  }

  /// The folders of agents without the shared one, each real folder once, by text.
  ///
  /// What lies outside of the project is not for us to fix. Nor is it what cannot be opened: that is reported where a
  /// record says that there is a link in it.
  var folders: [FolderListing] {
    if let known = looked.withLock({ $0.folders }) { return known }
    var seen = Set([shared].compactMap { try? $0?.directory.identity() })
    let found = targets.knownFolders.sorted().compactMap { text -> FolderListing? in
      guard let directory = try? open(text)?.directory, let identity = try? directory.identity(),
        seen.insert(identity).inserted
      else { return nil }
      return FolderListing(directory, called: text)
    }
    looked.withLock { $0.folders = found }
    return found
  }
}
