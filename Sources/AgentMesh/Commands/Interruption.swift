@preconcurrency import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C, a request to end, or the end of the terminal, turned into a cancellation, so that half-done work is cleared
/// away.
///
/// The second one ends the process at once, and so does the first one when work goes on in spite of it. What is left
/// then is what a crash leaves: the next run clears it away.
final class Interruption: Sendable {
  private struct State {
    /// The first signal that came.
    var received: Int32?
    var cancel: (@Sendable () -> Void)?
    /// What the next Ctrl-C ends instead.
    var part: (@Sendable () -> Void)?

    mutating func takePart() -> (@Sendable () -> Void)? {
      defer { part = nil }
      return part
    }
  }

  /// Seconds that work may take to end by itself.
  private let grace: Int
  private let state = Mutex(State())
  /// Has a thread also while all of those that work are busy.
  private let queue: DispatchQueue
  private let sources: [any DispatchSourceSignal]

  /// Listens from the moment on at which this returns: none that comes while work begins is lost.
  init(grace: Int = 5) {
    self.grace = grace
    let queue = DispatchQueue(label: "interruption")
    self.queue = queue
    // Whoever has it ignored, as nohup does, wants the program to outlive the terminal.
    let outlives = unsafeBitCast(signal(SIGHUP, SIG_IGN), to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    let signals = [SIGINT, SIGTERM] + (outlives ? [] : [SIGHUP])
    sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
    let isListening = DispatchSemaphore(value: 0)
    for (source, number) in zip(sources, signals) {
      // Before the source listens, which sets a handler of its own.
      signal(number, SIG_IGN)
      source.setEventHandler { [weak self] in self?.take(number) }
      source.setRegistrationHandler { isListening.signal() }
      source.resume()
    }
    for _ in sources { _ = isListening.wait(timeout: .now() + 1) }
  }

  /// Says what to cancel, which is done at once when a signal has come by then.
  func cancels(_ cancel: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      state.cancel = cancel
      return state.received != nil
    }
    if isLate { cancel() }
  }

  /// Has the next Ctrl-C end a part of the work alone; a second one ends the command as ever.
  func confined<Value>(
    to cancel: @escaping @Sendable () -> Void, _ part: () async throws -> Value
  ) async rethrows -> Value {
    state.withLock { $0.part = cancel }
    defer { state.withLock { $0.part = nil } }
    return try await part()
  }

  private func take(_ number: Int32) {
    if number == SIGINT, let cancelPart = state.withLock({ $0.takePart() }) { return cancelPart() }
    let (isSecond, cancel) = state.withLock { state in
      defer { state.received = state.received ?? number }
      return (state.received != nil, state.cancel)
    }
    guard !isSecond else {
      // The shell and the system each tell of the same end of a terminal.
      if number == SIGHUP { return }
      Self.endProcess(by: number)
    }
    queue.asyncAfter(deadline: .now() + .seconds(grace)) { [weak self] in
      if self != nil { Self.endProcess(by: number) }
    }
    cancel?()
  }

  private static func endProcess(by number: Int32) -> Never {
    TerminalEcho.restore()
    _exit(128 + number)
  }

  /// What the program exits with after an interruption: 129, 130 or 143; nil when there was none.
  var exitStatus: Int32? { state.withLock { $0.received.map { 128 + $0 } } }

  func end() {
    for source in sources { source.cancel() }
  }
}
