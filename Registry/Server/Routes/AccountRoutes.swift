import Foundation
import RegistryAPI
import RegistryStore

/// What belongs to the caller, and whether the server is well.
struct AccountRoutes: Sendable {
  let services: RegistryServices

  func skills(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let reader = Reader(caller)
    let owned = try await services.catalog.skills(ofAuthor: caller.authorID, visibleTo: reader)
    var shared: [SkillHistory] = []
    for organisation in caller.organisations.keys.sorted() {
      shared += try await services.catalog.skills(ofAuthor: organisation, visibleTo: reader)
    }
    return try .json(OwnSkills(owned: owned.map(SkillSummary.init), authorized: shared.map(SkillSummary.init)))
  }

  func profile(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let addresses = try await services.accounts.addresses(of: caller)
    var profile = Profile(author: caller.author.rawValue, tokenExpiresAt: caller.tokenExpiresAt?.ISO8601Format())
    (profile.email, profile.authorEmail) = (addresses.email?.text, addresses.publicEmail?.text)
    let (rights, skills, agents) = caller.scope.words
    (profile.rights, profile.skills, profile.agents) = (rights, skills, agents)
    return try .json(profile)
  }

  func changeProfile(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let text = try call.json(ProfileChange.self).email
    let email = try text.isEmpty ? nil : EmailAddress(parsing: text)
    try await services.accounts.showEmail(email, of: caller, at: services.now())
    return try .json(Confirmation(email == nil ? "no e-mail address is shown" : "everybody sees the e-mail address"))
  }

  /// Ends the very token that the request carries.
  func revokeToken(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    try await services.accounts.revokeToken(of: caller, at: services.now())
    return Reply(status: .noContent)
  }

  /// 200 while the database answers.
  func health(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    try await services.ping()
    return try .json(Health(status: "ok", version: ProgramVersion.current))
  }
}
