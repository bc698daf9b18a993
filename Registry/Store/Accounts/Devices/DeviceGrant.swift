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

/// The response to a device that asks for a login (RFC 8628, section 3.2).
package struct DeviceCodes: Sendable {
  package var deviceCode: Secret
  package var userCode: UserCode
  /// Seconds.
  package var expiresIn: Int
  /// Seconds that the device waits between two questions.
  package var interval: Int
}

/// What a device is told when it asks again (RFC 8628, section 3.5).
package enum DevicePoll: Sendable {
  /// `authorization_pending`.
  case pending
  /// `slow_down`: it asked too early, and from now on waits that many seconds.
  case slowDown(interval: Int)
  /// `access_denied`.
  case denied
  /// `expired_token`: it has expired, was redeemed, or never existed.
  case expired
  /// The first and only redemption.
  case approved(AccessToken, Account)
}
