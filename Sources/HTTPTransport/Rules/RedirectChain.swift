/// The redirects and retries of one request: what happened goes in, what to do next comes out.
struct RedirectChain: Sendable {
  static let maximumRedirects = 5

  enum Step {
    /// The answer stands.
    case deliver
    /// Send `request` again, after a pause when there is one.
    case proceed(pause: Duration?)
  }

  private let policy: RetryPolicy
  private let followsRedirects: Bool
  private(set) var request: Request
  private var redirects = 0
  private var attempt = 1

  init(_ request: HTTPRequest) {
    policy = request.retries
    followsRedirects = request.followsRedirects
    self.request = Request(request)
  }

  /// Whether an answer of that status is likely not to be the last, so that its body is only kept aside.
  static func isProvisional(status: Int) -> Bool {
    Request.isRedirect(status: status) || RetryPolicy.isTransient(status: status)
  }

  /// - Parameter fraction: from 0 to 1, by chance.
  mutating func advance(after exchange: Exchange, fraction: Double) throws(TransportError) -> Step {
    let status = exchange.head.status
    if followsRedirects, Request.isRedirect(status: status), let location = exchange.redirect {
      guard redirects < Self.maximumRedirects else { throw TransportError(.tooManyRedirects, at: "\(request.url)") }
      redirects += 1
      request = try request.redirected(by: status, to: location)
      return .proceed(pause: nil)
    }
    guard RetryPolicy.isTransient(status: status), policy.allowsAnother(after: attempt, of: request.method) else {
      return .deliver
    }
    guard let pause = policy.delay(after: attempt, retryAfter: exchange.retryAfter, fraction: fraction) else {
      return .deliver
    }
    attempt += 1
    return .proceed(pause: pause)
  }

  /// The pause before another try.
  ///
  /// - Throws: the reason of the failure when there is to be none.
  mutating func advance(after failure: ExchangeFailure, fraction: Double) throws(TransportError) -> Duration {
    guard failure.isTransient, policy.allowsAnother(after: attempt, of: request.method) else { throw failure.error }
    guard let pause = policy.delay(after: attempt, retryAfter: nil, fraction: fraction) else { throw failure.error }
    attempt += 1
    return pause
  }
}
