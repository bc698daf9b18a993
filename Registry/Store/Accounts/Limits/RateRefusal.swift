import Foundation
import Skills

/// Something was done too often.
package struct RateRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  /// Seconds, at least 1, after which it can be done once.
  package var retryAfter: Int

  package var meshError: MeshError {
    MeshError(
      .tooManyRequests, "this was done too often", hint: "Try again in \(retryAfter) seconds.",
      headers: ["Retry-After": "\(retryAfter)"])
  }
}
