import Skills

/// Somebody has as many of something as they may have.
package enum QuotaRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  case tokens
  case subscriptions

  package var meshError: MeshError {
    switch self {
    case .tokens:
      MeshError(
        .conflict, "there are \(Accounts.maximumTokens) tokens in use already",
        hint: "End those that nobody needs. They are listed by: agent-mesh tokens list")
    case .subscriptions:
      MeshError(
        .conflict, "\(Accounts.maximumSubscriptions) authors are followed already",
        hint: "Stop following one first: agent-mesh unsubscribe <author>")
    }
  }
}
