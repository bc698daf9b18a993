/// How long a request may take.
package struct Timeouts: Hashable, Sendable {
  /// For name lookup, connection and TLS handshake of one attempt.
  package var connect: Duration
  /// How long fewer than `minimumRate` bytes a second may flow, waiting for the answer included.
  ///
  /// Rounded up to whole seconds. Nil: for ever.
  package var stall: Duration?
  /// Bytes a second.
  package var minimumRate: Int
  /// From the call to the end of the answer, over all attempts and redirects.
  ///
  /// Nil: no bound.
  package var total: Duration?

  package init(
    connect: Duration = .seconds(10), stall: Duration? = .seconds(30), minimumRate: Int = 100, total: Duration? = nil
  ) {
    self.connect = connect
    self.stall = stall
    self.minimumRate = minimumRate
    self.total = total
  }
}
