/// Who may make an account, beside whoever has a link that the operator made.
package enum SignUpMode: String, Sendable, CaseIterable {
  /// Everybody.
  case open
  /// Whoever is invited by somebody who has an account.
  case invitation
  /// Nobody.
  case closed
}
