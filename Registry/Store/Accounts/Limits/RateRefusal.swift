import Foundation
import Skills

/// Something was done too often.
package struct RateRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  /// Seconds, at least 1, after which it can be done once.
  package let retryAfter: Int

  init(_ limit: RateLimit, fullAt: Date, at time: Date) {
    let wait = fullAt.addingTimeInterval(limit.interval).timeIntervalSince(limit.latestFull(at: time))
    retryAfter = max(1, Int(wait.rounded(.up)))
  }

  package var meshError: MeshError {
    MeshError(
      .tooManyRequests, "this was done too often", hint: "Try again in \(retryAfter) seconds.",
      headers: ["Retry-After": "\(retryAfter)"])
  }
}
