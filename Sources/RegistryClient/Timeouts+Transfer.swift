import HTTPTransport

extension Timeouts {
  /// Bytes a second below which a transfer is given up, seen over the whole of it.
  private static let slowestRate = 16 << 10
  /// Seconds for everything but the transfer: tries, pauses, and a server that thinks.
  private static let overhead = 60
  /// Bytes of an ordinary answer.
  private static let ordinary = 1 << 20

  /// The same with a bound on the whole exchange, unless there is one already: a server that goes on sending a few
  /// bytes a second holds nobody for ever.
  ///
  /// - Parameter bytes: How many may go up or come down, beside an ordinary answer.
  package func allowing(transferOf bytes: Int) -> Timeouts {
    var timeouts = self
    timeouts.total = total ?? .seconds(Self.overhead + (Self.ordinary + max(bytes, 0)) / Self.slowestRate)
    return timeouts
  }
}
