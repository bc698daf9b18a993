import Foundation
import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// Enforces what a row of the table demands: who asks, and what of the catalog exists for them.
struct Authorization: Sendable {
  let accounts: Accounts
  let catalog: CachedCatalog
  let publicAddress: WebOrigin?
  let now: @Sendable () -> Date

  /// The caller, or nil for a request without a token.
  ///
  /// - Throws: `unauthorized`, the same for every token that does not count.
  func caller(_ call: Call) async throws -> Accounts.Identity? {
    guard let header = call.request.headers[.authorization] else { return nil }
    let parts = header.split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      let token = AccessToken(presented: String(parts[1])),
      let identity = try await accounts.identity(presenting: token, at: now())
    else { throw Accounts.TokenRefusal() }
    return identity
  }

  /// The right of `Access.account`.
  func account(_ call: Call) async throws -> Accounts.Identity {
    if let caller = try await caller(call) { return caller }
    throw MeshError(
      .unauthorized, "this needs a token", hint: "Log in first: agent-mesh login --token-stdin")
  }

  /// The right of `Access.reader`: the skill that the path names, as far as the caller may know of it.
  ///
  /// A private skill of somebody else is answered exactly as one that never existed, by the same work.
  func reader(_ call: Call) async throws -> CatalogEntry {
    let name = try call.skillName()
    return try await entry(name, for: caller(call))
  }

  /// The right of `Access.owner`.
  func owner(_ call: Call) async throws -> OwnedSkill {
    let name = try call.skillName()
    let caller = try await account(call)
    let entry = try await entry(name, for: caller)
    guard entry.history.skill.authorID == caller.authorID else {
      throw MeshError(.forbidden, "\(name) belongs to \(name.author), and the token to \(caller.author)")
    }
    return OwnedSkill(owner: caller, history: entry.history)
  }

  private func entry(_ name: SkillName, for caller: Accounts.Identity?) async throws -> CatalogEntry {
    try await entry(name, forAuthor: caller?.authorID)
  }

  private func entry(_ name: SkillName, forAuthor id: Int64?) async throws -> CatalogEntry {
    if let entry = try await catalog.entry(for: name, visibleTo: id) { return entry }
    throw MeshError(
      .notFound, "there is no skill \(name)", hint: "Check the name; a private skill needs its owner's token.")
  }
}

// MARK: - Pages

extension Authorization {
  /// The right of `Access.visitor`: everybody's; a change has to come from a page of the registry.
  func visitor(_ call: Call) async throws -> Visitor {
    let site = Site(of: call.request, publicAddress: publicAddress)
    if call.request.method != .get, call.request.method != .head {
      guard let site else { throw Site.missing }
      guard site.sends(call.request) else {
        throw MeshError(
          .forbidden, "the form was not sent from a page of \(site.origin)", hint: "Open the page there and try again.")
      }
    }
    guard let site, let secret = site.session(in: call.request) else { return Visitor(site: site) }
    return Visitor(site: site, session: try await accounts.session(presenting: secret, at: now()))
  }

  /// The right of `Access.person`.
  ///
  /// - Throws: `unauthorized` for whoever is not signed in.
  func person(_ call: Call) async throws -> Person {
    let visitor = try await visitor(call)
    guard let site = visitor.site else { throw Site.missing }
    guard let session = visitor.session else { throw MeshError(.unauthorized, "this is for those who are signed in") }
    return Person(site: site, session: session)
  }

  /// The right of `Access.visitingReader`: the skill that the path names, as far as the visitor may know of it.
  func visitingReader(_ call: Call) async throws -> SkillVisit {
    let name = try call.skillName()
    let visitor = try await visitor(call)
    return SkillVisit(visitor: visitor, skill: try await entry(name, forAuthor: visitor.payer))
  }
}
