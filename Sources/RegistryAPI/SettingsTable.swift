import Skills

/// Pages on which people change what is theirs: their account, their organisations, and whom they follow.
package enum SettingsPage: EndpointGroup {
  package static let access = Access.person

  case profile, changeProfile, changePassword, changeHandle, deletion, delete, invite
  case organisations, createOrganisation, organisation, changeRole, removeMember, renameOrganisation
  case organisationDeletion, deleteOrganisation
  case offerTransfer, acceptTransfer, endTransfer
  case acceptSkill, endSkillTransfer
  case subscriptions, follow, unfollow

  package var row: Endpoint {
    switch self {
    case .profile: Self.form(.settings)
    case .changeProfile: Self.submission(.settings)
    case .changePassword: Self.submission(.passwordChange, .signIn)
    case .changeHandle: Self.submission(.handleChange)
    case .deletion: Self.form(.accountDeletion)
    case .delete: Self.submission(.accountDeletion, .signIn)
    case .invite: Self.submission(.invitation)
    case .organisations: Self.form(.organisationsPage)
    case .createOrganisation: Self.submission(.organisationsPage)
    case .organisation: Self.form(.organisationPage, naming: true)
    case .changeRole: Self.submission(.organisationMembers)
    case .removeMember: Self.submission(.memberRemoval)
    case .renameOrganisation: Self.submission(.organisationRename)
    case .organisationDeletion: Self.form(.organisationDeletion, naming: true)
    case .deleteOrganisation: Self.submission(.organisationDeletion)
    case .offerTransfer: Self.submission(.organisationTransfer)
    case .acceptTransfer: Self.submission(.transferAcceptance)
    case .endTransfer: Self.submission(.transferEnd)
    case .acceptSkill: Self.submission(.skillTransferAcceptance)
    case .endSkillTransfer: Self.submission(.skillTransferEnd)
    case .subscriptions: Self.form(.subscriptionsPage)
    case .follow: Self.submission(.authorFollow)
    case .unfollow: Self.submission(.authorUnfollow)
    }
  }

  /// - Parameter naming: Whether the path names something that may not be there.
  private static func form(_ route: Route, naming: Bool = false) -> Endpoint {
    Endpoint(
      .get, route, access, answers: .page,
      errors: naming ? [.notFound, .validationError, .invalidRequest] : [])
  }

  private static func submission(_ route: Route, _ rate: RateClass = .change) -> Endpoint {
    Endpoint(
      .post, route, access, rate, takes: .fields, answers: .page,
      errors: [.notFound, .gone, .validationError, .conflict, .storageFull])
  }
}
