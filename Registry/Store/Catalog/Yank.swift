import Foundation

/// The author's mark that a version is not for new installs: since when, and why.
package struct Yank: Sendable, Hashable {
  package var since: Date
  package var reason: String?

  /// Nil where the version is not yanked.
  init?(_ row: SQLRow) throws(StoreFailure) {
    guard let date = try row.optional("yanked_at", row.date) else { return nil }
    since = date
    reason = try row.optional("yank_reason", row.text)
  }
}
