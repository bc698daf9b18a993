/// The time of the relays, which no change of the machine's clock moves.
struct BridgeClock: Sendable {
  private let start = ContinuousClock.now

  var now: Duration { ContinuousClock.now - start }
}
