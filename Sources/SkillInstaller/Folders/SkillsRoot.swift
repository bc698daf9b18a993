import Skills
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

  private init(_ directory: Directory) {
    self.directory = directory
  }

  deinit {
    // Closing the last descriptor of this open file would do it, too; children of a fork could hold another.
    flock(directory.descriptor.rawValue, LOCK_UN)
  }

  /// Opens the folder, creating it, and waits until no other process of ours works in it.
  ///
  /// - Throws: `busy` after `patience`.
  package static func claim(
    _ path: FilePath, patience: Duration = .seconds(60)
  ) async throws -> SkillsRoot {
    let directory = try Directory.openOrCreate(path)
    try refuseOpenFolders(directory)
    let deadline = ContinuousClock.now + patience
    while flock(directory.descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw Directory.fileError("cannot lock '\(path)'") }
      guard ContinuousClock.now < deadline else {
        throw MeshError(
          .busy, "another agent-mesh has been working in '\(path)' for \(patience.components.seconds) s",
          hint: "Wait for it, or stop it, and try again.")
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    let root = SkillsRoot(directory)
    try root.recover()
    return root
  }

  /// As `claim(_:)`, but nil when there is no such folder, which is then not created.
  package static func claimIfPresent(_ path: FilePath) async throws -> SkillsRoot? {
    var information = stat()
    guard stat(path.string, &information) == 0 else { return nil }
    return try await claim(path)
  }

  /// A fresh folder for the making of one skill.
  func stage(for slug: SkillSlug) throws(MeshError) -> Staging {
    let work = try directory.childOrCreated(Self.workName, mode: 0o700)
    let random = Digest(of: Randomness.bytes(12)).hexadecimal.prefix(12)
    let name = "\(slug).\(random)"
    return Staging(root: self, work: work, name: name, folder: try work.childOrCreated(name, mode: 0o700))
  }

  /// Moves an entry of `source` out of the way, beside the skills folder, and returns where it is now.
  func backUp(_ name: String, of source: Directory, slug: String) throws(MeshError) -> FilePath {
    let backups = try directory.parent().childOrCreated(Self.backupName)
    for number in 1...10_000 {
      let candidate = "\(slug)-\(number)"
      if try source.moveNew(name, to: backups, candidate) { return backups.path.appending(candidate) }
    }
    throw MeshError(.fileError, "'\(backups.path)' is full of backups of \(slug)", hint: "Remove the old ones.")
  }

  /// Removes the working folder once nothing is in it.
  func tidy() {
    directory.removeIfEmpty(Self.workName)
  }

  /// Completes or undoes what an interrupted run left.
  private func recover() throws(MeshError) {
    guard try directory.kind(of: Self.workName) == .directory else { return }
    let work = try directory.child(Self.workName)
    for name in try work.names() {
      guard let slug = try? SkillSlug(parsing: String(name.prefix { $0 != "." })),
        try work.kind(of: name) == .directory
      else {
        try work.removeTree(name)
        continue
      }
      try Staging(root: self, work: work, name: name, folder: try work.child(name)).recover(slug)
    }
    tidy()
  }

  /// A folder that others may write to lets them swap what we put there.
  private static func refuseOpenFolders(_ directory: Directory) throws(MeshError) {
    var information = stat()
    guard fstat(directory.descriptor.rawValue, &information) == 0 else {
      throw Directory.fileError("cannot look at '\(directory.path)'")
    }
    let isOpen = information.st_mode & (S_IWOTH) != 0
    guard !isOpen || information.st_mode & S_ISVTX != 0 else {
      throw MeshError(
        .fileError, "everybody may write to '\(directory.path)'",
        hint: "Close it first: chmod o-w '\(directory.path)'.")
    }
  }
}
