/// One request and what came of it, for whoever watches; without queries, fields and bodies, where secrets stand.
package struct ExchangeSummary: Sendable, CustomStringConvertible {
  package var method: HTTPMethod
  package var address: String
  /// Nil when no answer came.
  package var status: Int?
  package var duration: Duration

  init(method: HTTPMethod, address: String, status: Int?, duration: Duration) {
    self.method = method
    self.address = address
    self.status = status
    self.duration = duration
  }

  init(_ request: Request, _ outcome: Completion.Outcome, _ duration: Duration) {
    self.init(
      method: request.method, address: "\(request.url)", status: try? outcome.get().head.status, duration: duration)
  }

  /// Such as `GET https://registry.example/index/a/b 200 (12 ms)`.
  package var description: String {
    "\(method.rawValue) \(address) \(status.map(String.init) ?? "failed") (\(duration.milliseconds) ms)"
  }
}
