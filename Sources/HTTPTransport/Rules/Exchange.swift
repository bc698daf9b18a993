/// What came of one request.
struct Exchange: Sendable {
  var head: ResponseHead
  /// The decoded body when it was kept in memory.
  var body: [UInt8] = []
  /// Whether the body went, or is still going, to the sink of the transfer.
  var isDelivered = false
  /// The absolute address that `Location` names.
  var redirect: String?
  var retryAfter: Duration?

  var response: HTTPResponse { HTTPResponse(head: head, body: body) }
}

/// Why nothing came of one request.
struct ExchangeFailure: Error, Sendable {
  var error: TransportError
  /// Whether any byte of an answer had arrived.
  var hasBegun: Bool

  /// Whether the same request may well succeed a moment later and cannot have been answered.
  var isTransient: Bool {
    if hasBegun { return false }
    return switch error.code {
    case .resolve, .connect, .connectionLost, .timeout(.connect), .timeout(.stall): true
    default: false
    }
  }
}
