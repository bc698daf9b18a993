import Foundation

/// A device that waits for somebody to approve it (RFC 8628).
package struct DeviceGrant: Sendable, Hashable {
  enum State: String {
    case pending
    case approved
    case denied
    case redeemed
  }

  package var client: ClientDescription
  package var scope: TokenScope
  package var createdAt: Date

  init(_ row: SQLRow) throws {
    client = try ClientDescription(row)
    scope = try TokenScope(row)
    createdAt = try row.date("created_at")
  }
}
