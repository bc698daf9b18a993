import Synchronization

/// The time of a link, which goes on while the machine sleeps.
final class LinkClock: Sendable {
  /// The clocks go apart by less than this without a sleep.
  private static let tolerance = Duration.seconds(2)

  private let start = ContinuousClock.now
  private let suspendingStart = SuspendingClock.now
  private let slept = Mutex(Duration.zero)

  /// Since the link was made.
  var now: Duration { start.duration(to: .now) }

  /// Whether the machine has slept since this was asked last.
  func hasSlept() -> Bool {
    let total = now - suspendingStart.duration(to: .now)
    return slept.withLock { known in
      defer { known = total }
      return total - known > Self.tolerance
    }
  }
}
