import Foundation

/// How often something may be done: a number of times at once, and once more after each interval.
package struct RateLimit: Sendable, Hashable {
  package var burst: Int
  /// Seconds.
  package var interval: TimeInterval

  package init(burst: Int, interval: TimeInterval) {
    self.burst = burst
    self.interval = interval
  }
}
