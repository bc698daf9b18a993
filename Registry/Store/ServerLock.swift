import FileSystem
import SystemPackage

/// Held by the one process that serves a data folder; the kernel releases it when the process ends, however it ends.
package struct ServerLock: ~Copyable {
  private static let marker = "running"

  private let file: OpenFile<StoreFailure>
  private let folder: StoreDirectory
  /// Whether the process before this one ended without saying so.
  package let followsUncleanStop: Bool

  /// - Throws: `.inUse` when another process serves the folder.
  package static func take(folder path: FilePath) throws(StoreFailure) -> ServerLock {
    let folder = try StoreDirectory.openDurable(path)
    let file = try folder.openOrCreateFile("server.lock")
    guard try file.tryLock() else { throw .inUse(path.string) }
    let isMarked = try folder.statusIfPresent(of: marker) != nil
    _ = try folder.openOrCreateFile(marker)
    return ServerLock(file: file, folder: folder, followsUncleanStop: isMarked)
  }

  /// Notes that everything was written and closed.
  package consuming func release() {
    // Where that is not possible, the next start looks more closely than it had to.
    try? folder.removeFile(Self.marker)
  }
}
