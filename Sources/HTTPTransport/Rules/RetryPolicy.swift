/// When a request may be sent again, and how long to wait before.
package struct RetryPolicy: Hashable, Sendable {
  /// All tries together, the first included.
  package var attempts = 3
  /// The longest pause after the first try; it doubles with every further one.
  package var baseDelay = Duration.milliseconds(250)
  package var maximumDelay = Duration.seconds(10)
  /// A `Retry-After` beyond this is not waited for: the answer that carries it is delivered.
  package var longestRetryAfter = Duration.seconds(60)
  /// Whether methods that can change something may be repeated: only for requests with an idempotency key.
  package var includesUnsafeMethods = false

  /// Three tries of GET and HEAD, one of everything else.
  package static let safeMethods = RetryPolicy()
  /// Three tries of everything.
  package static let allMethods = RetryPolicy(includesUnsafeMethods: true)
  package static let never = RetryPolicy(attempts: 1)

  func allowsAnother(after attempt: Int, of method: HTTPMethod) -> Bool {
    attempt < attempts && (method.isSafe || includesUnsafeMethods)
  }

  /// Statuses that ask for another try: too many requests, bad gateway, unavailable, gateway timeout.
  static func isTransient(status: Int) -> Bool { [429, 502, 503, 504].contains(status) }

  /// The pause after the try number `attempt` (from 1), or nil when the server wants a longer one than we wait.
  ///
  /// Exponential backoff with full jitter: `fraction`, from 0 to 1, of the longest pause, so that many clients that
  /// failed together do not come back together.
  func delay(after attempt: Int, retryAfter: Duration?, fraction: Double) -> Duration? {
    let longest = min(baseDelay * (1 << min(max(attempt, 1) - 1, 16)), maximumDelay)
    let jittered = longest * fraction
    guard let retryAfter else { return jittered }
    return retryAfter <= longestRetryAfter ? max(retryAfter, jittered) : nil
  }
}
