/// How often devices may ask whether somebody has approved them, so that all that wait together cost little.
package struct DevicePace: Sendable {
  /// Seconds between two questions where few devices wait, and how many more after each `slow_down` (RFC 8628,
  /// section 3.5).
  static let step = 5
  /// Seconds, however many wait: beyond this, somebody who has approved a login would take it for broken.
  private static let longestInterval = 60

  /// Questions a second of all devices together.
  package var questionsPerSecond = 30

  package init() {}

  /// More make no difference.
  var largestCount: Int { Self.longestInterval * questionsPerSecond }

  /// Seconds that each device leaves between two questions.
  ///
  /// - Parameter count: Devices that wait, 0 or more.
  package func interval(ofDevices count: Int) -> Int {
    let seconds = (min(count, largestCount) + questionsPerSecond - 1) / questionsPerSecond
    return max(seconds, Self.step)
  }
}
