import FileSystem
import Synchronization
import SystemPackage

/// The right to write to a database, which one process at a time has, through a lock file beside it.
///
/// The kernel gives it back when its holder dies.
final class WriteLock: Sendable {
  private let file: Mutex<OpenFile<StoreFailure>>
  private let timeout: Duration

  /// - Parameter timeout: How long another process may keep it.
  init(path: FilePath, timeout: Duration = .seconds(30)) throws(StoreFailure) {
    let folder = try StoreDirectory.open(path.removingLastComponent())
    file = Mutex(try folder.openOrCreateFile(path.lastComponent?.string ?? ""))
    self.timeout = timeout
  }

  /// Waits for the lock, runs `body` and gives it back.
  ///
  /// - Throws: `.inaccessible` when another process keeps it for too long.
  func hold<Value>(_ body: () throws -> Value) throws -> Value {
    try file.withLock { file in
      guard try file.lock(within: timeout) else {
        throw StoreFailure.inaccessible("another process has been writing to the database for \(timeout)")
      }
      defer { file.unlock() }
      return try body()
    }
  }
}
