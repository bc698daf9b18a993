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
  /// Folders of agents that were found to lie inside of the project.
  private let contained = Mutex<Set<FilePath>>([])
  /// What had to be created for it, the outermost folder first.
  private let made: [Entry]

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

  /// As `InstallTargets.refuseLeaving`, once for each folder.
  func refuseLeaving(_ folder: FilePath, _ targets: InstallTargets) throws(MeshError) {
    if contained.withLock({ $0.contains(folder) }) { return }
    try targets.refuseLeaving(folder)
    contained.withLock { _ = $0.insert(folder) }
  }

  /// The folder in which changes are made complete before they are seen.
  func openWork() throws(MeshError) -> Directory {
    try Self.own(Self.workName, in: directory, mode: 0o700)
  }

  /// To be called when everything that was written down has been taken back.
  func forgetTransaction() throws(MeshError) {
    guard try directory.kind(of: Self.workName) == .directory else { return }
    try Transaction.remove(in: directory.child(Self.workName))
  }

  /// A fresh folder for the making of one skill.
  func stage(for slug: SkillSlug) throws(MeshError) -> Staging {
    let work = try openWork()
    let random = Digest(of: Randomness.bytes(12)).hexadecimal.prefix(12)
    let name = "\(slug).\(random)"
    return Staging(root: self, work: work, name: name, folder: try work.newChild(name, mode: 0o700))
  }

  /// Moves an entry out of the way, beside the skills folder, to where it is kept.
  func backUp(_ entry: Entry, of slug: SkillSlug) throws(MeshError) -> Entry {
    let backups = try Self.own(Self.backupName, in: directory.parent(), mode: 0o755)
    for number in 1...10_000 {
      let candidate = "\(slug)-\(number)"
      if try entry.directory.moveNew(entry.name, to: backups, candidate) {
        return Entry(directory: backups, name: candidate)
      }
    }
    throw MeshError(.fileError, "'\(backups.place)' is full of backups of \(slug)", hint: "Remove the old ones.")
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
    try directory.parent().removeIfEmpty(Self.backupName)
  }

  /// Removes the working folder once nothing is in it.
  func tidy() {
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
    for raw in try work.rawNames() {
      guard let name = Directory.text(raw), let slug = try? SkillSlug(parsing: String(name.prefix { $0 != "." })),
        try work.kind(of: name) == .directory
      else {
        try work.removeTree(raw: raw)
        continue
      }
      try Staging(root: self, work: work, name: name, folder: try work.child(name)).recover(slug)
    }
    tidy()
  }

  /// False when another process has it.
  private static func lock(_ directory: Directory) throws(MeshError) -> Bool {
    if flock(directory.descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
    guard errno == EWOULDBLOCK || errno == EINTR else { throw Directory.fileError("cannot lock '\(directory.place)'") }
    return false
  }
}
