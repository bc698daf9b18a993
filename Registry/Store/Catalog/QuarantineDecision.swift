import Foundation

/// The operator's decision to take a skill or a version out of reach: since when, and why.
package struct QuarantineDecision: Sendable, Hashable {
  package var since: Date
  package var reason: String

  /// Nil where the column of the time is null.
  init?(_ row: SQLRow, since: String, reason: String) throws(StoreFailure) {
    guard let date = try row.optional(since, row.date) else { return nil }
    self.since = date
    self.reason = try row.text(reason)
  }
}
