import RegistryAPI

/// The account of whoever is signed in.
struct ProfilePage: Sendable {
  let tabs = SettingsTab.all(on: .settings)
  let forms: [FormPage]
  let deletionPath: String
}

/// The organisations of an account, and those that are offered to it.
struct OrganisationListPage: Sendable {
  struct Offer: Sendable {
    var offered: String
    var giver: String
    var until: String
    var acceptPath: String
    var declinePath: String
  }

  struct Row: Sendable {
    var organisationName: String
    var organisationPath: String
    var role: String
    var leavePath: String
  }

  let tabs = SettingsTab.all(on: .organisationsPage)
  let offers: [Offer]
  let rows: [Row]
  let isEmpty: Bool
  let forms: [FormPage]
}

/// An organisation as one of its members sees it.
struct OrganisationPage: Sendable {
  struct Member: Sendable {
    var memberHandle: String
    var memberPath: String
    var role: String
    var since: String
    /// Nil for whoever may not change it.
    var management: Management?
  }

  struct Management: Sendable {
    var rolePath: String
    var roles: [RoleChoice]
    var removalPath: String
  }

  struct RoleChoice: Sendable {
    var roleID: String
    var roleMeaning: String
    var isChosen: Bool
  }

  /// What only owners see.
  struct Ownership: Sendable {
    var membersPath: String
    var memberFields: [FormField]
    var roles: [RoleChoice]
    var offer: Offer?
    var forms: [FormPage]
    var deletionPath: String
  }

  /// One that this member has made, and that stands.
  struct Offer: Sendable {
    var recipient: String
    var until: String
    var withdrawalPath: String
  }

  let tabs = SettingsTab.all(on: .organisationsPage)
  let organisationName: String
  let organisationPath: String
  let members: [Member]
  let ownership: Ownership?
}

/// Whom an account follows.
struct SubscriptionsPage: Sendable {
  struct Row: Sendable {
    var authorName: String
    var authorPath: String
    var displayName: String
    var since: String
    var unfollowPath: String
  }

  let tabs = SettingsTab.all(on: .subscriptionsPage)
  let listPath = Route.subscriptionsPage.rawValue
  let rows: [Row]
  let isEmpty: Bool
}

/// The button by which somebody who is signed in follows an author, or no longer does.
struct FollowButton: Sendable {
  let followPath: String
  let followLabel: String
}
