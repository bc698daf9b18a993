import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Kills a process group that takes too long; it must be called off before the process is reaped.
final class Watchdog: Sendable {
  private let target: Mutex<pid_t?>

  init(killing id: pid_t, after limit: Duration) {
    target = Mutex(id)
    DispatchQueue.global().asyncAfter(deadline: .now() + limit.seconds) { [weak self] in self?.bite() }
  }

  func callOff() {
    target.withLock { $0 = nil }
  }

  private func bite() {
    target.withLock { id in
      if let id { kill(-id, SIGKILL) }
    }
  }
}
