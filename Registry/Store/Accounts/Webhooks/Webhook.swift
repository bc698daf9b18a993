import Foundation

/// An address to which an account has callbacks sent.
package struct Webhook: Sendable, Hashable {
  package var id: Int64
  package var url: String
  package var events: Set<WebhookEvent>
  package var createdAt: Date
  /// Nil until the address has answered its challenge; nothing else is sent to it before.
  package var confirmedAt: Date?

  /// An event that a later program knows is left out.
  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    url = try row.text("url")
    events = Set(try row.text("events").split(separator: " ").compactMap { WebhookEvent(rawValue: String($0)) })
    createdAt = try row.date("created_at")
    confirmedAt = try row.optional("confirmed_at", row.date)
  }
}
