import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Keeps threads out of libcurl once the process has begun to exit.
///
/// `exit` frees the state of the TLS library while other threads still run. The handler is registered after that
/// library's own, so it comes first: it waits until nobody is inside and lets nobody in again.
enum ExitGate {
  private struct State {
    var inside = 0
    var isClosed = false
  }

  private static let state = Mutex(State())
  /// Milliseconds that an exit waits at most for a callback that does not return.
  private static let longestWait = 500

  static func install() {
    atexit { ExitGate.close() }
  }

  /// Runs `work`; never returns once the process exits.
  static func pass<E: Error>(_ work: () throws(E) -> Void) throws(E) {
    let isOpen = state.withLock { state in
      if !state.isClosed { state.inside += 1 }
      return !state.isClosed
    }
    while !isOpen { _ = sleep(1) }
    defer { state.withLock { $0.inside -= 1 } }
    try work()
  }

  private static func close() {
    state.withLock { $0.isClosed = true }
    for _ in 0..<longestWait where state.withLock({ $0.inside > 0 }) { usleep(1000) }
  }
}
