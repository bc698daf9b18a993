import Foundation

/// How often something may be done: a number of times at once, and once more after each interval.
package struct RateLimit: Sendable, Hashable {
  package let burst: Int
  /// Seconds: whole milliseconds, as the database counts, unless it is shorter than one.
  package let interval: TimeInterval

  package init(burst: Int, interval: TimeInterval) {
    self.burst = burst
    self.interval = interval < 0.001 ? interval : (interval * 1_000).rounded(.down) / 1_000
  }
}
