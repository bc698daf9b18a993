import Skills

/// Why something about accounts cannot be done.
package enum AccountRefusal: Error, Sendable, Hashable, MeshErrorConvertible {
  case unknownAccount(AuthorName)
  /// The account was deleted meanwhile.
  case accountEnded
  /// Only an owner may do it.
  case notOwner(AuthorName)
  /// An organisation has at least one owner.
  case lastOwner(AuthorName)
  /// The link is unknown, used or expired.
  case invitationEnded
  case wrongPassword
  /// Somebody was signed out meanwhile.
  case sessionEnded
  /// A token never has more rights than what makes it.
  case excessiveScope
  /// The offer was accepted, declined, replaced or has expired, or is not for this account.
  case transferEnded
  case unknownSkill(SkillName)
  case unknownRecipient(AuthorName)
  /// The new side has, or had, another skill of that name.
  case skillNameTaken(SkillName)

  package var meshError: MeshError {
    switch self {
    case .unknownAccount(let handle):
      MeshError(.notFound, "there is no account \(handle)", hint: "Check the handle; an organisation is no account.")
    case .accountEnded: MeshError(.unauthorized, "the account was deleted")
    case .notOwner(let name): MeshError(.forbidden, "only an owner of \(name) may do this")
    case .lastOwner(let name):
      MeshError(
        .conflict, "the organisation \(name) would be left without an owner",
        hint: "Make another member an owner, or transfer or delete it first.")
    case .invitationEnded:
      MeshError(.gone, "the link was used or has expired", hint: "Ask whoever gave it to you for a new one.")
    case .wrongPassword: MeshError(.forbidden, "the password is wrong")
    case .sessionEnded: MeshError(.unauthorized, "the session has ended", hint: "Sign in again.")
    case .excessiveScope:
      MeshError(
        .forbidden, "a token cannot have more rights, skills or agents than what makes it",
        hint: "Make it on the page of tokens, or first get a token with every right: agent-mesh login")
    case .transferEnded: MeshError(.gone, "the offer no longer stands", hint: "Its owner can make a new one.")
    case .unknownSkill(let name): MeshError(.notFound, "there is no skill \(name)", hint: "Check its name.")
    case .skillNameTaken(let name):
      MeshError(
        .conflict, "\(name) is, or was, the name of a skill, and no other one ever gets it",
        hint: "Publish it there under another name.")
    case .unknownRecipient(let name):
      MeshError(.notFound, "there is no account and no organisation \(name)", hint: "Check the name.")
    }
  }
}
