import Foundation

/// That a version was marked, by its author as yanked or by the operator as quarantined: since when, and why.
package struct Ruling: Sendable, Hashable {
  package var since: Date
  /// An operator always gives one.
  package var reason: String?

  /// Nil where the column of the time is null.
  init?(_ row: SQLRow, since: String, reason: String) throws(StoreFailure) {
    guard let date = try row.optional(since, row.date) else { return nil }
    self.since = date
    self.reason = try row.optional(reason, row.text)
  }
}
