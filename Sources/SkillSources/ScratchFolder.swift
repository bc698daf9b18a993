import FileSystem
import FoundationSubset
import SkillArchive
import Skills
import Synchronization
import SystemPackage

/// A private folder among the temporary ones that goes when nobody needs it any more.
final class ScratchFolder: Sendable {
  private static let prefix = "agent-mesh-"
  /// What a program that was killed has left behind goes after so long, in seconds.
  private static let lifetime: TimeInterval = 24 * 3_600
  /// The folders of temporary files that this process has swept.
  private static let swept = Mutex<Set<FilePath>>([])

  let path: FilePath
  private let entry: Entry<MeshError>

  /// The first one of a process clears away what nobody needs any more.
  ///
  /// - Parameter parent: The folder of temporary files.
  init(in parent: FilePath, now: Date = Date()) throws(MeshError) {
    let parent = try Directory<MeshError>.open(parent)
    if ScratchFolder.swept.withLock({ $0.insert(parent.path).inserted }) { try ScratchFolder.sweep(parent, now) }
    entry = Entry(directory: parent, name: ScratchFolder.prefix + UUID().uuidString)
    path = try parent.newChild(entry.name, mode: 0o700).path
  }

  deinit {
    // What cannot be removed now is swept away later.
    try? entry.directory.removeTree(entry.name)
  }

  /// Removes old folders and files of our own names that belong to this user, and nothing that a link leads to.
  private static func sweep(_ parent: Directory<MeshError>, _ now: Date) throws(MeshError) {
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
