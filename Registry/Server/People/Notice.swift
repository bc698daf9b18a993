/// What a form has done, told by the page that it leads to.
///
/// It travels as a word in the address: no page says anything that somebody else wrote into a link.
enum Notice: String, Sendable, CaseIterable {
  case profileSaved, passwordChanged, handleChanged, accountDeleted, signedOut, sessionEnded, tokenRevoked
  case organisationCreated, organisationRenamed, organisationDeleted, memberSaved, memberRemoved, organisationLeft
  case transferOffered, transferAccepted, transferEnded, skillAccepted
  case followed, unfollowed
  case agentCreated, agentSaved, agentPublished, agentUnpublished, agentDeleted, agentShared, agentUnshared

  /// The name in a query.
  static let parameter: Substring = "done"

  var text: String {
    switch self {
    case .profileSaved: "The profile is saved."
    case .passwordChanged: "The password is changed, and every other session has ended."
    case .handleChanged: "The new handle is yours. Links to the old one lead to it."
    case .accountDeleted: "The account is deleted."
    case .signedOut: "You are signed out."
    case .sessionEnded: "The session has ended."
    case .tokenRevoked: "The token is revoked."
    case .organisationCreated: "The organisation is there, and you are its owner."
    case .organisationRenamed: "The organisation has its new name. Links to the old one lead to it."
    case .organisationDeleted: "The organisation is deleted."
    case .memberSaved: "The member has that role now."
    case .memberRemoved: "The member is removed."
    case .organisationLeft: "You have left the organisation."
    case .transferOffered: "The offer stands for 7 days. Nothing changes until it is accepted."
    case .transferAccepted: "The organisation is yours alone. Every right and token of the old side has ended."
    case .transferEnded: "The offer has ended. Nothing has changed."
    case .skillAccepted: "The skill has its new name, to which the old one leads. The old side has no right on it."
    case .followed: "You follow this author."
    case .unfollowed: "You no longer follow the author."
    case .agentCreated: "The agent is there. Connect it next."
    case .agentSaved: "The agent is saved."
    case .agentPublished: "The agent is published."
    case .agentUnpublished: "The agent is no longer published."
    case .agentDeleted: "The agent is deleted."
    case .agentShared: "The agent is shared."
    case .agentUnshared: "The agent is no longer shared with that one."
    }
  }
}
