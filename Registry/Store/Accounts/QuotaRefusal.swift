import Skills

/// Somebody has as many of something as they may have.
package enum QuotaRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  case tokens
  case subscriptions
  /// Of an organisation.
  case members
  /// Of an account.
  case organisations
  /// To an account.
  case transfers
  /// Of one purpose, by whoever runs the registry.
  case invitations
  /// Of an author.
  case agents
  /// To an agent.
  case grants
  /// For an agent.
  case tickets
  /// Of an account.
  case webhooks

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
    case .members:
      MeshError(
        .conflict, "the organisation has \(Accounts.maximumMembers) members already", hint: "Remove one first.")
    case .organisations:
      MeshError(
        .conflict, "the account is in \(Accounts.maximumOrganisations) organisations already",
        hint: "It has to leave one first.")
    case .transfers:
      MeshError(
        .conflict, "the account has \(Accounts.maximumTransfers) offers to decide about already",
        hint: "It has to accept or decline one first.")
    case .invitations:
      MeshError(
        .conflict, "there are \(Accounts.maximumInvitations) links for this in use already",
        hint: "Each ends when it is used, and after three days.")
    case .agents:
      MeshError(
        .conflict, "the author has \(Agents.maximumAgents) agents already",
        hint: "Delete one first: agent-mesh agents delete <agent>")
    case .grants:
      MeshError(
        .conflict, "the agent is shared with \(Agents.maximumGrants) others already",
        hint: "Take access from one first: agent-mesh agents access revoke <agent> <author>")
    case .tickets:
      MeshError(
        .conflict, "there are \(Agents.maximumTickets) tickets for the agent in use already",
        hint: "Each ends when it is used, and after 15 minutes.")
    case .webhooks:
      MeshError(
        .conflict, "there are \(Webhooks.maximumWebhooks) addresses for callbacks already",
        hint: "Remove one first.")
    }
  }
}
