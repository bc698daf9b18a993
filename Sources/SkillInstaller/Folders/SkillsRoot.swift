import FileSystem
import Skills
import Synchronization

/// A folder of skills while one process of ours works in it.
///
/// New content is made complete in `.agent-mesh/` inside the folder (the same file system) and moved into place in one
/// step. Whatever an interrupted run left there is completed or undone by the next one.
package final class SkillsRoot: Sendable {
  /// With the directories through which it was reached.
  private let folder: OpenFolder
  package var directory: Directory { folder.directory }
  static let workName = ".agent-mesh"
  private static let backupName = "skills-backup"
  /// False where two entries cannot be exchanged in one step.
  let canExchange: Bool
  private let opened = Mutex(Opened())
  /// What had to be created for it, the outermost folder first.
  private let made: [Entry]

  /// What is opened once, however many skills need it.
  private struct Opened {
    /// By their texts; nil for one that was not there yet.
    var agents: [String: AgentFolder?] = [:]
    var work: Directory?
    var backups: Directory?
    var isLeft = false
  }

  private init(_ folder: OpenFolder, canExchange: Bool, made: [Entry]) {
    self.folder = folder
    self.canExchange = canExchange
    self.made = made
  }

  deinit {
    directory.unlock()
  }

  /// Opens the folder, creating it, and waits until no other process of ours works in it.
  ///
  /// - Parameter exchanging: False to do without exchanges, as on file systems that have none.
  /// - Throws: `busy` after `timeout`.
  package static func claim(
    _ targets: InstallTargets, timeout: Duration = .seconds(60), exchanging: Bool = true,
    waiting: () -> Void = {}
  ) async throws -> SkillsRoot {
    var notice: ContinuousClock.Instant? = ContinuousClock.now + .seconds(1)
    let deadline = ContinuousClock.now + timeout
    var made: [Entry] = []
    while true {
      let folder = try targets.openOrCreate(Agent.sharedFolder, made: &made)
      try folder.refuseUntrusted()
      // Whoever held the lock before may have taken the folder away: then it is locked, but no longer there.
      if try folder.directory.tryLock(),
        try targets.open(Agent.sharedFolder)?.directory.identity() == folder.directory.identity()
      {
        return SkillsRoot(folder, canExchange: exchanging, made: made)
      }
      guard ContinuousClock.now < deadline else {
        throw MeshError(
          .busy,
          "another agent-mesh has been working in '\(targets.sharedFolder)' for \(timeout.components.seconds) s",
          hint: "Wait for it, or stop it, and try again.")
      }
      if let due = notice, ContinuousClock.now > due {
        waiting()
        notice = nil
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// The folder of an agent, when it is there.
  ///
  /// - Parameter folder: Relative to the project.
  /// - Throws: `conflict` when it lies outside of the project.
  func agentFolder(_ folder: String, _ targets: InstallTargets) throws(MeshError) -> AgentFolder? {
    if let known = opened.withLock({ $0.agents[folder] }) { return known }
    let found = try targets.open(folder, in: self.folder.project).map { folder throws(MeshError) in
      try AgentFolder(folder, shared: directory)
    }
    opened.withLock { $0.agents[folder] = .some(found) }
    return found
  }

  /// The entry of a skill in the folder of an agent; nil when that folder is not there.
  ///
  /// - Throws: As `agentFolder(_:_:)`.
  func link(_ slug: SkillSlug, in folder: String, _ targets: InstallTargets) throws(MeshError) -> AgentLink? {
    try agentFolder(folder, targets).map { AgentLink(agentFolder: $0, slug: slug) }
  }

  /// As `agentFolder(_:_:)`, but nil also when it lies outside of the project: then nothing in it is ours.
  func agentFolderInside(_ folder: String, _ targets: InstallTargets) throws(MeshError) -> AgentFolder? {
    do {
      return try agentFolder(folder, targets)
    } catch {
      guard error.code == .conflict else { throw error }
      return nil
    }
  }

  /// As `agentFolder(_:_:)`, created where it is missing.
  ///
  /// - Throws: `fileError` when another user could swap what we put there.
  func agentFolder(
    _ folder: String, _ targets: InstallTargets, made: inout [Entry]
  ) throws(MeshError) -> AgentFolder {
    if let found = try agentFolder(folder, targets) {
      try found.refuseUntrusted()
      return found
    }
    let opened = try targets.openOrCreate(folder, in: self.folder.project, made: &made)
    let new = try AgentFolder(opened, shared: directory)
    try new.refuseUntrusted()
    self.opened.withLock { $0.agents[folder] = new }
    return new
  }

  /// Forgets what it knows of the folders of agents: much can have happened while archives were fetched.
  func lookAgain() {
    opened.withLock { $0.agents = [:] }
  }

  /// Leaves what is staged to the next run, which carries the change to its end.
  func leaveToNextRun() {
    opened.withLock { $0.isLeft = true }
  }

  var isLeftToNextRun: Bool { opened.withLock { $0.isLeft } }

  /// The folder in which changes are made complete before they are seen.
  func openWork() throws(MeshError) -> Directory {
    if let work = opened.withLock({ $0.work }) { return work }
    let work = try Self.own(Self.workName, in: directory, mode: 0o700)
    opened.withLock { $0.work = work }
    return work
  }

  /// A folder for the making of one skill.
  func stage(for slug: SkillSlug) throws(MeshError) -> Staging {
    let work = try openWork()
    return Staging(root: self, work: work, name: Directory.temporaryName("\(slug)."))
  }

  /// Moves an entry beside the skills folder, to where it is kept.
  func backUp(_ entry: Entry, of slug: SkillSlug) throws(MeshError) -> Entry {
    let backups = try openBackups()
    for number in 1...10_000 {
      let candidate = "\(slug)-\(number)"
      if try entry.directory.moveNew(entry.name, to: backups, candidate) {
        return Entry(directory: backups, name: candidate)
      }
    }
    throw MeshError(.fileError, "'\(backups.path)' is full of backups of \(slug)", hint: "Remove the old ones.")
  }

  private func openBackups() throws(MeshError) -> Directory {
    if let backups = opened.withLock({ $0.backups }) { return backups }
    let backups = try Self.own(Self.backupName, in: folder.parent, mode: 0o755)
    opened.withLock { $0.backups = backups }
    return backups
  }

  /// A folder that is ours alone, made where it is missing.
  private static func own(_ name: String, in directory: Directory, mode: PermissionBits) throws(MeshError) -> Directory
  {
    switch try directory.kind(of: name) {
    case nil, .directory: return try directory.childOrCreated(name, mode: mode)
    case .link, .file, .other:
      throw MeshError(
        .fileError, "'\(directory.path(of: name))' is not a folder",
        hint: "Move it away: that name is for what agent-mesh keeps beside the skills.")
    }
  }

  /// Moves a backup back to where it came from.
  func restore(_ backup: Entry, to entry: Entry) throws(MeshError) {
    try backup.directory.move(backup.name, to: entry.directory, entry.name)
    opened.withLock { $0.backups = nil }
    folder.parent.removeIfEmpty(Self.backupName)
  }

  /// Removes the working folder once nothing is in it.
  func tidy() {
    opened.withLock { $0.work = nil }
    directory.removeIfEmpty(Self.workName)
  }

  /// Removes what was created for nothing: to be called when the work has failed.
  func removeCreated() {
    tidy()
    for entry in made.reversed() { entry.directory.removeIfEmpty(entry.name) }
  }
}
