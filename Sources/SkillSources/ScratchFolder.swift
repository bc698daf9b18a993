import FileSystem
import FoundationSubset
import Skills
import SystemPackage

/// A private folder among the temporary ones, for as long as a command needs it.
package enum ScratchFolder {
  static let prefix = "agent-mesh-"
  /// What a program that was killed has left behind goes after so long, in seconds.
  static let lifetime: TimeInterval = 24 * 3_600

  /// Makes a new one, and clears away what nobody needs any more.
  ///
  /// - Parameter parent: The folder of temporary files.
  package static func make(in parent: FilePath, now: Date = Date()) throws(MeshError) -> FilePath {
    do throws(FileError) {
      let parent = try Directory<FileError>.open(parent)
      try sweep(parent, now)
      return try parent.newChild(prefix + UUID().uuidString, mode: 0o700).path
    } catch {
      throw MeshError(.fileError, "\(error)")
    }
  }

  /// Removes old folders and files of our own names that belong to this user, and nothing that a link leads to.
  private static func sweep(_ parent: Directory<FileError>, _ now: Date) throws(FileError) {
    for name in try parent.names()
    where name.hasPrefix(prefix) && UUID(uuidString: String(name.dropFirst(prefix.count))) != nil {
      guard let status = try parent.statusIfPresent(of: name), status.isOurs,
        now.timeIntervalSince1970 - Double(status.modified.seconds) > lifetime
      else { continue }
      // What cannot be removed now may be the next time.
      try? parent.removeTree(name)
    }
  }
}
