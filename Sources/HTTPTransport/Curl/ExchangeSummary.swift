/// One request and what came of it, for whoever watches; without queries, fields and bodies, where secrets stand.
package struct ExchangeSummary: Sendable, CustomStringConvertible {
  package var method: HTTPMethod
  package var address: String
  /// Nil when no answer came.
  package var status: Int?
  package var duration: Duration

  init(_ request: Request, _ outcome: Completion.Outcome, _ duration: Duration) {
    method = request.method
    address = "\(request.url)"
    status = try? outcome.get().head.status
    self.duration = duration
  }

  /// Of the opening of a WebSocket.
  init(opening plan: WebSocketPlan, _ outcome: Result<String?, TransportError>, _ duration: Duration) {
    method = plan.order.request.method
    address = "\(plan.url)"
    status = outcome.openingStatus
    self.duration = duration
  }

  /// Such as `GET https://registry.example/index/a/b 200 (12 ms)`.
  package var description: String {
    "\(method.rawValue) \(address) \(status.map(String.init) ?? "failed") (\(duration.milliseconds) ms)"
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
