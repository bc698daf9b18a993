import RegistryAPI

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
    /// What is wrong with the form for a member.
    var memberProblem: String?
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
