import Synchronization
import SystemPackage

/// Makes folders and remembers of which ones this process knows that their names are durable.
final class DurableFolders: Sendable {
  private let known = Mutex<Set<FilePath>>([])

  /// Returns once the folder is there and its name synced.
  func make(_ path: FilePath) throws(StoreFailure) {
    if known.withLock({ $0.contains(path) }) { return }
    try Disk.makeFolder(path)
    known.withLock { _ = $0.insert(path) }
  }
}
