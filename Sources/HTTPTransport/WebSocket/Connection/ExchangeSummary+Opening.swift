extension ExchangeSummary {
  /// Of the opening of a WebSocket.
  init(opening plan: WebSocketPlan, _ outcome: Result<String?, TransportError>, _ duration: Duration) {
    self.init(
      method: plan.order.request.method, address: "\(plan.url)", status: outcome.openingStatus, duration: duration)
  }
}

extension Result<String?, TransportError> {
  fileprivate var openingStatus: Int? {
    switch self {
    case .success: 101
    case .failure(let error): if case .refusedUpgrade(let status) = error.code { status } else { nil }
    }
  }
}
