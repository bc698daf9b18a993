import Foundation

/// A device that waits for somebody to approve it (RFC 8628).
package struct DeviceGrant: Sendable, Hashable {
  package enum State: String, Sendable, Hashable {
    case pending
    case approved
    case denied
    case redeemed
  }

  package var id: Int64
  package var state: State
  package var client: ClientDescription
  package var scope: TokenScope
  package var createdAt: Date
  package var expiresAt: Date

  init(_ row: SQLRow) throws {
    id = try row.integer("id")
    guard let state = State(rawValue: try row.text("state")) else { throw StoreFailure.corrupt("a device's state") }
    self.state = state
    client = try ClientDescription(row)
    scope = try TokenScope(row)
    createdAt = try row.date("created_at")
    expiresAt = try row.date("expires_at")
  }
}
