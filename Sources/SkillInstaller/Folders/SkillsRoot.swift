import Skills
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of skills while one process of ours works in it.
///
/// New content is made complete in `.agent-mesh/` inside the folder (the same file system) and moved into place in one
/// step. Whatever an interrupted run left there is completed or undone by the next one.
package final class SkillsRoot: Sendable {
  package let directory: Directory
  static let workName = ".agent-mesh"
  private static let backupName = "skills-backup"
  /// False where two entries cannot be exchanged in one step.
  let canExchange: Bool
  private let opened = Mutex(Opened())
  /// What had to be created for it, the outermost folder first.
  private let made: [Entry]

  /// What is opened once, however many skills need it.
  private struct Opened {
    /// By their paths; nil for one that was not there yet.
    var agents: [FilePath: AgentFolder?] = [:]
    var work: Directory?
    var backups: Directory?
    var isLeft = false
  }

  private init(_ directory: Directory, canExchange: Bool, made: [Entry]) {
    self.directory = directory
    self.canExchange = canExchange
    self.made = made
  }

  deinit {
    // Closing the last descriptor of this open file would do it, too; children of a fork could hold another.
    flock(directory.descriptor.rawValue, LOCK_UN)
  }

  /// Opens the folder, creating it, and waits until no other process of ours works in it.
  ///
  /// - Parameter exchanging: False to do without exchanges, as on file systems that have none.
  /// - Throws: `busy` after `patience`.
  package static func claim(
    _ targets: InstallTargets, patience: Duration = .seconds(60), exchanging: Bool = true,
    waiting: () -> Void = {}
  ) async throws -> SkillsRoot {
    let path = targets.sharedFolder
    try targets.refuseLeaving(path)
    try Directory.openIfPresent(targets.base.isEmpty ? "." : targets.base)?.refuseOpen(withParent: false)
    var notice: ContinuousClock.Instant? = ContinuousClock.now + .seconds(1)
    let deadline = ContinuousClock.now + patience
    var made: [Entry] = []
    while true {
      let directory = try Directory.openOrCreate(path, made: &made)
      try directory.refuseOpen(withParent: true)
      // Whoever held the lock before may have taken the folder away: then it is locked, but no longer there.
      if try lock(directory), try Directory.openIfPresent(path)?.identity() == directory.identity() {
        let root = SkillsRoot(directory, canExchange: exchanging, made: made)
        try root.recover(targets)
        return root
      }
      guard ContinuousClock.now < deadline else {
        throw MeshError(
          .busy, "another agent-mesh has been working in '\(path)' for \(patience.components.seconds) s",
          hint: "Wait for it, or stop it, and try again.")
      }
      if let due = notice, ContinuousClock.now > due {
        waiting()
        notice = nil
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// As `claim(_:)`, but nil when there is no such folder, which is then not created.
  package static func claimIfPresent(
    _ targets: InstallTargets, waiting: () -> Void = {}
  ) async throws -> SkillsRoot? {
    guard try Directory.openIfPresent(targets.sharedFolder) != nil else { return nil }
    return try await claim(targets, waiting: waiting)
  }

  /// The folder of an agent, when it is there.
  ///
  /// - Parameter folder: Relative to the project.
  /// - Throws: `conflict` when it lies outside of the project.
  func agentFolder(_ folder: String, _ targets: InstallTargets) throws(MeshError) -> AgentFolder? {
    let path = targets.path(of: folder)
    if let known = opened.withLock({ $0.agents[path] }) { return known }
    try targets.refuseLeaving(path)
    let found = try Directory.openIfPresent(path).map { directory throws(MeshError) in
      try AgentFolder(directory, shared: self.directory)
    }
    opened.withLock { $0.agents[path] = .some(found) }
    return found
  }

  /// As above, created where it is missing.
  ///
  /// - Throws: `fileError` when everybody may write to it.
  func agentFolder(
    _ folder: String, _ targets: InstallTargets, made: inout [Entry]
  ) throws(MeshError) -> AgentFolder {
    let found = try agentFolder(folder, targets)
    if let found {
      try found.refuseOpen()
      return found
    }
    let path = targets.path(of: folder)
    let new = try AgentFolder(Directory.openOrCreate(path, made: &made), shared: directory)
    try new.refuseOpen()
    opened.withLock { $0.agents[path] = new }
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

  /// To be called when everything that was written down has been taken back.
  func forgetTransaction() throws(MeshError) {
    guard try directory.kind(of: Self.workName) == .directory else { return }
    try Transaction.remove(in: directory.child(Self.workName))
  }

  /// A place for the making of one skill.
  func stage(for slug: SkillSlug) throws(MeshError) -> Staging {
    let work = try openWork()
    let random = Digest(of: Randomness.bytes(12)).hexadecimal.prefix(12)
    let name = "\(slug).\(random)"
    return Staging(root: self, work: work, name: name)
  }

  /// Moves an entry out of the way, beside the skills folder, to where it is kept.
  func backUp(_ entry: Entry, of slug: SkillSlug) throws(MeshError) -> Entry {
    let backups = try openBackups()
    for number in 1...10_000 {
      let candidate = "\(slug)-\(number)"
      if try entry.directory.moveNew(entry.name, to: backups, candidate) {
        return Entry(directory: backups, name: candidate)
      }
    }
    throw MeshError(.fileError, "'\(backups.place)' is full of backups of \(slug)", hint: "Remove the old ones.")
  }

  private func openBackups() throws(MeshError) -> Directory {
    if let backups = opened.withLock({ $0.backups }) { return backups }
    let backups = try Self.own(Self.backupName, in: directory.parent(), mode: 0o755)
    opened.withLock { $0.backups = backups }
    return backups
  }

  /// A folder that is ours alone, made where it is missing.
  private static func own(_ name: String, in directory: Directory, mode: mode_t) throws(MeshError) -> Directory {
    switch try directory.kind(of: name) {
    case nil, .directory: return try directory.childOrCreated(name, mode: mode)
    case .link, .file, .other:
      throw MeshError(
        .fileError, "'\(directory.place(of: name))' is not a folder",
        hint: "Move it away: that name is for what agent-mesh keeps beside the skills.")
    }
  }

  /// Moves a backup back to where it came from.
  func restore(_ backup: Entry, to entry: Entry) throws(MeshError) {
    try backup.directory.move(backup.name, to: entry.directory, entry.name)
    opened.withLock { $0.backups = nil }
    try directory.parent().removeIfEmpty(Self.backupName)
  }

  /// Removes the working folder once nothing is in it.
  func tidy() {
    opened.withLock { $0.work = nil }
    directory.removeIfEmpty(Self.workName)
  }

  /// Removes what was created for nothing: to be called when the work has failed.
  func withdraw() {
    tidy()
    for entry in made.reversed() { entry.directory.removeIfEmpty(entry.name) }
  }

  /// Completes or undoes what an interrupted run left.
  private func recover(_ targets: InstallTargets) throws(MeshError) {
    guard try directory.kind(of: Self.workName) == .directory else { return }
    let work = try directory.child(Self.workName)
    if let transaction = try Transaction.read(in: work, of: directory) {
      try transaction.refuseOtherState(targets)
      try Recovery(root: self, targets: targets, work: work).perform(transaction)
      try Transaction.remove(in: work)
    }
    try StateFiles(folder: targets.stateFolder).clear()
    for folder in targets.knownFolders { try clearCopies(in: folder, targets) }
    var interrupted: [String: SkillSlug] = [:]
    for raw in try work.rawNames() {
      if let owner = Directory.text(raw).flatMap(Staging.owner) {
        interrupted[owner.name] = owner.slug
      } else {
        try work.removeTree(raw: raw)
      }
    }
    for (name, slug) in interrupted { try Staging(root: self, work: work, name: name).recover(slug) }
    tidy()
  }

  /// Removes copies that were being made for an agent, or had been put aside when the change was over.
  private func clearCopies(in folder: String, _ targets: InstallTargets) throws(MeshError) {
    // What lies outside of the project is not ours to clear.
    guard let place = try? agentFolder(folder, targets), !place.isShared,
      try place.directory.kind(of: Self.workName) == .directory
    else { return }
    let copies = try place.directory.child(Self.workName)
    for name in try copies.rawNames() { try copies.removeTree(raw: name) }
    place.directory.removeIfEmpty(Self.workName)
  }

  /// False when another process has it.
  private static func lock(_ directory: Directory) throws(MeshError) -> Bool {
    if flock(directory.descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
    guard errno == EWOULDBLOCK || errno == EINTR else { throw Directory.fileError("cannot lock '\(directory.place)'") }
    return false
  }
}
