import FileSystem
import Skills
import SystemPackage

/// Looks for the project that somebody works in, from a folder upward, as git and npm do.
///
/// The search ends below the home folder, whose skills are those of the user, at a mount point, and at a folder that
/// belongs to somebody else: what others put there decides nothing.
package struct ProjectSearch: Sendable {
  private let home: FilePath?

  /// - Parameter home: Of the user who asks.
  package init(home: FilePath) {
    self.home = home.resolved
  }

  /// The nearest folder that holds a project, `start` itself included; nil where there is none.
  package func project(from start: FilePath) -> FilePath? {
    Self.holdsProject(start) ? start : project(above: start)
  }

  /// As above, without `start` itself.
  package func project(above start: FilePath) -> FilePath? {
    guard var folder = start.resolved, var below = FileStatus(at: folder) else { return nil }
    while folder != home, folder.removeLastComponent(), folder != home {
      guard let status = FileStatus(at: folder), status.isOurs, status.identity.isOnDevice(of: below.identity) else {
        return nil
      }
      if Self.holdsProject(folder) { return folder }
      below = status
    }
    return nil
  }

  /// Whether a folder has one of the two files, or skills.
  package static func holdsProject(_ folder: FilePath) -> Bool {
    [ProjectManifest.fileName, Lockfile.fileName, Agent.sharedFolder].contains { name in
      FileStatus(at: folder.appending(FilePath(name).components)) != nil
    }
  }
}
