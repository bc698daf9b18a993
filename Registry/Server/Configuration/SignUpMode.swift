/// Who may make an account.
package enum SignUpMode: String, Sendable, CaseIterable {
  case open
  /// Whoever has a one-time link.
  case invitation
  /// Nobody, but for links that the operator makes.
  case closed
}
