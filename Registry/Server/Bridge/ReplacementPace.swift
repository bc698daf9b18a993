/// Slows down two programs that take one agent from each other all the time.
struct ReplacementPace {
  private static let limit = 3
  private static let period = Duration.seconds(60)
  private static let pause = Duration.seconds(10)

  private var latest: [Duration] = []

  mutating func note(at now: Duration) { latest.append(now) }

  /// How long the next one waits.
  mutating func delay(at now: Duration) -> Duration {
    latest.removeAll { now - $0 > Self.period }
    return latest.count < Self.limit ? .zero : Self.pause
  }
}
