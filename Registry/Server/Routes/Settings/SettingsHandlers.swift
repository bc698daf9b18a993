import RegistryAPI

/// The handler of every page of the settings.
struct SettingsHandlers: Sendable {
  let services: RegistryServices

  private var agents: OwnAgentPages { OwnAgentPages(services: services) }
  private var conversations: ConversationPages { ConversationPages(services: services) }
  private var deletion: DeletionPages { DeletionPages(services: services) }
  private var invitations: InvitationPages { InvitationPages(services: services) }
  private var organisations: OrganisationPages { OrganisationPages(services: services) }
  private var profile: ProfilePages { ProfilePages(services: services) }
  private var subscriptions: SubscriptionPages { SubscriptionPages(services: services) }
  private var transfers: TransferPages { TransferPages(services: services) }
  private var skillTransfers: SkillTransferPages { SkillTransferPages(services: services) }

  func handler(for page: SettingsPage) -> PageHandlers.ForPerson {
    switch page {
    case .profile: profile.show
    case .changeProfile: profile.change
    case .changePassword: profile.changePassword
    case .changeHandle: profile.changeHandle
    case .deletion: deletion.account
    case .delete: deletion.deleteAccount
    case .invite: invitations.invite
    case .organisations: organisations.list
    case .createOrganisation: organisations.create
    case .organisation: organisations.show
    case .changeRole: organisations.changeRole
    case .removeMember: organisations.removeMember
    case .renameOrganisation: organisations.rename
    case .organisationDeletion: deletion.organisation
    case .deleteOrganisation: deletion.deleteOrganisation
    case .offerTransfer: transfers.offer
    case .acceptTransfer: transfers.accept
    case .endTransfer: transfers.end
    case .acceptSkill: skillTransfers.accept
    case .endSkillTransfer: skillTransfers.end
    case .subscriptions: subscriptions.list
    case .follow: subscriptions.follow
    case .unfollow: subscriptions.unfollow
    case .agents: agents.list
    case .createAgent: agents.create
    case .conversations: conversations.list
    }
  }
}
