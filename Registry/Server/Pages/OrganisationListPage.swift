import RegistryAPI

/// The organisations of an account, those that are offered to it, and offers of skills.
struct OrganisationListPage: Sendable {
  struct Offer: Sendable {
    var offered: String
    var giver: String
    var until: String
    var acceptPath: String
    var declinePath: String
  }

  /// Of a skill, made by this person or to it.
  struct SkillOffer: Sendable {
    var skillName: String
    var giver: String
    var taker: String
    var until: String
    /// Nil for whoever has made the offer.
    var acceptPath: String?
    var endPath: String
    /// What the button says that ends it.
    var ending: String
  }

  struct Row: Sendable {
    var organisationName: String
    var organisationPath: String
    var role: String
    var leavePath: String
  }

  let tabs = SettingsTab.all(on: .organisationsPage)
  let offers: [Offer]
  let skillOffers: [SkillOffer]
  let rows: [Row]
  let isEmpty: Bool
  let forms: [FormPage]
}
