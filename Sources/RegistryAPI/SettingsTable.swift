import Skills

/// Pages on which people change what is theirs: their account, their organisations, their agents, and whom they
/// follow.
package enum SettingsPage: EndpointGroup {
  package static let access = Access.person

  case profile, changeProfile, changePassword, changeHandle, deletion, delete, invite
  case organisations, createOrganisation, organisation, changeRole, removeMember, renameOrganisation
  case organisationDeletion, deleteOrganisation
  case offerTransfer, acceptTransfer, endTransfer
  case acceptSkill, endSkillTransfer
  case subscriptions, follow, unfollow
  case agents, createAgent, conversations

  package var row: Endpoint {
    switch self {
    case .profile: Self.form(.settings)
    case .changeProfile: Self.change(.settings)
    case .changePassword: Self.change(.passwordChange, .signIn)
    case .changeHandle: Self.change(.handleChange)
    case .deletion: Self.form(.accountDeletion)
    case .delete: Self.change(.accountDeletion, .signIn)
    case .invite: Self.change(.invitation)
    case .organisations: Self.form(.organisationsPage)
    case .createOrganisation: Self.change(.organisationsPage)
    case .organisation: Self.named(.organisationPage)
    case .changeRole: Self.change(.organisationMembers)
    case .removeMember: Self.change(.memberRemoval)
    case .renameOrganisation: Self.change(.organisationRename)
    case .organisationDeletion: Self.named(.organisationDeletion)
    case .deleteOrganisation: Self.change(.organisationDeletion)
    case .offerTransfer: Self.change(.organisationTransfer)
    case .acceptTransfer: Self.change(.transferAcceptance)
    case .endTransfer: Self.change(.transferEnd)
    case .acceptSkill: Self.change(.skillTransferAcceptance)
    case .endSkillTransfer: Self.change(.skillTransferEnd)
    case .subscriptions: Self.form(.subscriptionsPage)
    case .follow: Self.change(.authorFollow)
    case .unfollow: Self.change(.authorUnfollow)
    case .agents: Self.form(.ownAgentsPage)
    case .createAgent: Self.change(.ownAgentsPage)
    case .conversations:
      Endpoint(.get, .conversationsPage, Self.access, .batch, answers: .page, errors: [.validationError])
    }
  }

  /// A page of something that may not be there.
  private static func named(_ route: Route) -> Endpoint {
    form(route, errors: [.notFound, .validationError, .invalidRequest])
  }

  private static func change(_ route: Route, _ rate: RateClass = .change) -> Endpoint {
    submission(route, rate, errors: [.gone])
  }
}
