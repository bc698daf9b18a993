import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The turn to write, shared by all processes on one database through a lock file.
///
/// The kernel gives the turn back when its holder dies.
final class WriterTurns: Sendable {
  private let descriptor: Mutex<Int32>

  init(path: String) throws(StoreFailure) {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw .inaccessible("cannot open '\(path)': \(String(cString: strerror(errno)))") }
    descriptor = Mutex(opened)
  }

  deinit {
    _ = descriptor.withLock { close($0) }
  }

  /// Waits for the turn, runs `body` and gives it back.
  func take<Value>(_ body: () throws -> Value) throws -> Value {
    try descriptor.withLock { descriptor in
      guard flock(descriptor, LOCK_EX) == 0 else {
        throw StoreFailure.inaccessible("cannot lock the database: \(String(cString: strerror(errno)))")
      }
      defer { flock(descriptor, LOCK_UN) }
      return try body()
    }
  }
}
