/// What a device is told when it asks again (RFC 8628, section 3.5).
package enum DevicePoll: Sendable {
  /// `authorization_pending`.
  case pending
  /// `slow_down`: it asked too early, or many wait; from now on it leaves that many seconds between two questions.
  case slowDown(interval: Int)
  /// `access_denied`.
  case denied
  /// `expired_token`: it has expired, was redeemed, or never existed.
  case expired
  /// The first and only redemption; the account without its address where the token has no right to the profile.
  case approved(AccessToken, Account)
}
