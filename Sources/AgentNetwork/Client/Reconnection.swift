/// How long to wait before a stream that was cut is asked for again.
package struct Reconnection: Sendable {
  /// The longest pause after the first failure; it doubles with every further one in a row.
  package var base = Duration.milliseconds(500)
  package var maximum = Duration.seconds(15)
  /// Between two questions about a task whose events nobody follows.
  package var pollInterval = Duration.seconds(2)
  /// Waits.
  package var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  /// Chance from 0 to 1.
  package var chance: @Sendable () -> Double = { Double.random(in: 0...1) }

  package init() {}

  /// The pause after so many failures in a row, from 1: by chance, so that many clients that were cut off together do
  /// not come back together.
  func delay(after failures: Int) -> Duration {
    let longest = min(base * (1 << min(max(failures, 1) - 1, 16)), maximum)
    return longest * chance()
  }
}
