import RegistryAPI

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
