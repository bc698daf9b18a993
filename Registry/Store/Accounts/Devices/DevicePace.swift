/// How often devices may poll for the approval of their login, so that all that wait together cost little.
package struct DevicePace: Sendable {
  /// Seconds between two polls where few devices wait, and how many more after each `slow_down` (RFC 8628,
  /// section 3.5).
  static let step = 5
  /// Seconds, however many wait: beyond this, somebody who has approved a login would take it for broken.
  private static let longestInterval = 60

  /// Of all devices together.
  package var pollsPerSecond = 30

  package init() {}

  /// More make no difference.
  var largestCount: Int { Self.longestInterval * pollsPerSecond }

  /// Seconds that each device leaves between two polls.
  ///
  /// - Parameter count: Devices that wait, 0 or more.
  package func interval(ofDevices count: Int) -> Int {
    let seconds = (min(count, largestCount) + pollsPerSecond - 1) / pollsPerSecond
    return max(seconds, Self.step)
  }
}
