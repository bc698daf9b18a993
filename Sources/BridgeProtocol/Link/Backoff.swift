/// Pauses between attempts to connect: the first is nearly none, then they grow with decorrelated jitter.
struct Backoff: Sendable {
  let timings: BridgeTimings
  let jitter: @Sendable (ClosedRange<Double>) -> Double
  private var previous: Double?

  init(timings: BridgeTimings, jitter: @escaping @Sendable (ClosedRange<Double>) -> Double) {
    self.timings = timings
    self.jitter = jitter
  }

  private var first: Double { timings.firstReconnect / .seconds(1) }

  /// A pause that keeps many agents from coming at one moment.
  var spread: Duration { .seconds(jitter(0...first)) }

  mutating func next() -> Duration {
    guard let previous else {
      self.previous = first
      return spread
    }
    let base = 2 * first
    let pause = min(jitter(base...max(base, 3 * previous)), timings.longestReconnect / .seconds(1))
    self.previous = pause
    return .seconds(pause)
  }

  mutating func reset() {
    previous = nil
  }
}
