import Foundation
import Skills

/// How much of a limit somebody has used: when all of it will be there again (the generic cell rate algorithm,
/// ITU-T I.371, with that time as its only state).
package struct RateBucket: Sendable, Hashable {
  /// What is counted, and whose it is, such as `login` of an address; kept as a hash.
  package struct Key: Sendable, Hashable {
    let digest: Digest

    package init(_ kind: String, of subject: String) {
      digest = Digest(of: "\(kind)\n\(subject)".utf8)
    }

    init(_ digest: Digest) {
      self.digest = digest
    }
  }

  package let key: Key
  package private(set) var fullAt: Date

  /// A bucket of which nothing is used.
  package init(_ key: Key) {
    self.init(key, fullAt: Date(timeIntervalSince1970: 0))
  }

  init(_ key: Key, fullAt: Date) {
    self.key = key
    self.fullAt = fullAt
  }

  /// Uses one time of `limit`.
  ///
  /// - Throws: `RateRefusal` when none is left; then nothing changes.
  package mutating func take(_ limit: RateLimit, at time: Date) throws(RateRefusal) {
    let next = max(fullAt, time).addingTimeInterval(limit.interval)
    guard next.timeIntervalSince(limit.latestFull(at: time)) <= RateLimit.tolerance else {
      throw RateRefusal(limit, fullAt: fullAt, at: time)
    }
    fullAt = next
  }
}

extension RateLimit {
  /// Seconds that sums of fractions, and times of the database, may be off.
  static let tolerance: TimeInterval = 0.001

  /// When a bucket of which everything is used is full again.
  func latestFull(at time: Date) -> Date { time.addingTimeInterval(Double(burst) * interval) }
}
