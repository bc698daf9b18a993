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
  /// The first signal that came.
  private let received = Mutex<Int32?>(nil)
  private let sources: [any DispatchSourceSignal]

  init(_ cancel: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGINT, SIGTERM].map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
    for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
      signal(number, SIG_IGN)
      source.setEventHandler { [weak self] in
        guard let self else { return }
        let isSecond = self.received.withLock { first in
          if first != nil { return true }
          first = number
          return false
        }
        if isSecond {
          TerminalEcho.restore()
          _exit(128 + number)
        }
        cancel()
      }
      source.resume()
    }
  }

  /// What the program exits with after an interruption: 130 or 143; nil when there was none.
  var exitStatus: Int32? { received.withLock { $0.map { 128 + $0 } } }

  func end() {
    for source in sources { source.cancel() }
  }
}
