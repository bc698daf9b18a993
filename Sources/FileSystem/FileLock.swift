import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Advisory locks of whole files (`flock(2)`), which the kernel takes back when their holder dies.
///
/// They belong to the open file: another opening of it, also in this process, is kept out.
extension OpenFile {
  /// False when somebody else has it.
  package func tryLock() throws(Failure) -> Bool {
    try Failure.locking(path) { flock(descriptor.rawValue, LOCK_EX | LOCK_NB) }
  }

  /// Waits for the lock, blocking the thread; false when somebody else has it for longer than `timeout`.
  package func lock(within timeout: Duration) throws(Failure) -> Bool {
    let deadline = ContinuousClock.now + timeout
    var pause: useconds_t = 1_000
    while try !tryLock() {
      guard ContinuousClock.now < deadline else { return false }
      usleep(pause)
      pause = min(pause * 2, 50_000)
    }
    return true
  }

  package func unlock() { _ = flock(descriptor.rawValue, LOCK_UN) }
}

extension Directory {
  /// False when somebody else has it.
  package func tryLock() throws(Failure) -> Bool {
    try Failure.locking(path) { flock(number, LOCK_EX | LOCK_NB) }
  }

  /// Gives the lock back now: a child of this process could hold the directory open for longer.
  package func unlock() { _ = flock(number, LOCK_UN) }
}

extension FileFailure {
  fileprivate static func locking(_ path: FilePath, _ call: () -> Int32) throws(Self) -> Bool {
    switch systemCall(call) {
    case .success: return true
    case .failure(.wouldBlock): return false
    case .failure(let errno): throw Self(FileError(.lock, path, errno))
    }
  }
}
