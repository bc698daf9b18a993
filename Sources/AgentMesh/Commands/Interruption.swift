@preconcurrency import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C or a request to end, turned into a cancellation, so that half-done work is cleared away.
///
/// The second one kills.
final class Interruption: Sendable {
  private let happened = Mutex(false)
  private let sources: [any DispatchSourceSignal]

  init(_ cancel: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGINT, SIGTERM].map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
    for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
      signal(number, SIG_IGN)
      source.setEventHandler { [weak self] in
        guard let self else { return }
        if self.happened.withLock({
          let before = $0
          $0 = true
          return before
        }) {
          _exit(130)
        }
        cancel()
      }
      source.resume()
    }
  }

  var hasHappened: Bool { happened.withLock(\.self) }

  func end() {
    for source in sources { source.cancel() }
  }
}
