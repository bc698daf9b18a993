import Foundation
import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// Enforces what a row of the table demands: who asks, with which rights, and what of the catalog exists for them.
struct Authorization: Sendable {
  let accounts: Accounts
  let catalog: CachedCatalog
  let agents: Agents
  let platformSecret: PlatformSecret?
  let publicAddress: WebOrigin?
  let now: @Sendable () -> Date

  /// The right of `Access.open`: the caller, or nil for a request without a token.
  ///
  /// - Throws: `unauthorized`, the same for every token that does not count.
  func caller(_ call: Call, _ row: Endpoint) async throws -> Accounts.Identity? {
    guard let header = call.request.headers[.authorization] else { return nil }
    let parts = header.split(separator: " ")
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      let token = AccessToken(presented: String(parts[1])),
      let identity = try await accounts.identity(presenting: token, at: now())
    else { throw Accounts.TokenRefusal() }
    return identity
  }

  /// The right of `Access.account`.
  ///
  /// - Throws: `RightRefusal`.
  func account(_ call: Call, _ row: Endpoint) async throws -> Accounts.Identity {
    let holder = try await holder(call, row)
    if row.refusesTokens { try holder.demand(anyOf: row.rights, on: nil) }
    return holder
  }

  /// The right of `Access.reader`: the skill that the path names, as far as the caller may know of it.
  ///
  /// A private skill of somebody else is answered exactly as one that never existed, by the same work.
  func reader(_ call: Call, _ row: Endpoint) async throws -> CatalogEntry {
    let name = try call.skillName()
    let caller = try await caller(call, row)
    return try await entry(name, for: caller.reader)
  }

  /// The right of `Access.publisher`.
  func publisher(_ call: Call, _ row: Endpoint) async throws -> OwnedSkill {
    try await skill(of: .publisher, call, row)
  }

  /// The right of `Access.owner`.
  func owner(_ call: Call, _ row: Endpoint) async throws -> OwnedSkill {
    try await skill(of: .owner, call, row)
  }

  /// The skill that the path names, for whoever is at least that to its author.
  ///
  /// - Throws: `notFound` for whoever may not see it; `RightRefusal`.
  private func skill(of role: Role, _ call: Call, _ row: Endpoint) async throws -> OwnedSkill {
    let name = try call.skillName()
    let holder = try await holder(call, row)
    let entry = try await entry(name, for: Reader(holder))
    guard let own = holder.role(inAuthor: entry.history.skill.authorID), own >= role else {
      throw RightRefusal.role(role, in: name.author)
    }
    try holder.demand(anyOf: row.rights, on: name)
    return OwnedSkill(owner: holder, history: entry.history)
  }

  /// - Throws: `unauthorized` for a request without a token.
  func holder(_ call: Call, _ row: Endpoint) async throws -> Accounts.Identity {
    if let caller = try await caller(call, row) { return caller }
    throw MeshError(.unauthorized, "this needs a token", hint: "Log in first: agent-mesh login")
  }

  /// - Throws: `MovedAuthor` where the author has another name now, whether or not there is such a skill.
  private func entry(_ name: SkillName, for reader: Reader) async throws -> CatalogEntry {
    if let entry = try await catalog.entry(for: name, visibleTo: reader) { return entry }
    if let moved = try await catalog.presentNames(of: [name], for: reader)[name] {
      throw MovedAuthor(name: moved.author)
    }
    throw MeshError(
      .notFound, "there is no skill \(name)",
      hint: "Check the name; a private skill needs a token of somebody who may read it.")
  }
}

// MARK: - Pages

extension Authorization {
  /// Has a change by a form come from a page of the registry.
  ///
  /// To be asked before the request is counted: any other site could use up the limits of those who look at it.
  func demandOwnPage(_ call: Call, _ row: Endpoint) throws(MeshError) {
    guard row.access.isForBrowsers, row.method != .get else { return }
    guard let site = Site(of: call.request, publicAddress: publicAddress) else { throw Site.missing }
    guard site.sends(call.request) else {
      throw MeshError(
        .forbidden, "the form was not sent from a page of \(site.origin)", hint: "Open the page there and try again.")
    }
  }

  /// The right of `Access.visitor`: everybody's.
  func visitor(_ call: Call, _ row: Endpoint) async throws -> Visitor {
    let site = Site(of: call.request, publicAddress: publicAddress)
    let notice = call.parameters[Notice.parameter].flatMap { Notice(rawValue: String($0)) }
    guard let site, let secret = site.session(in: call.request) else { return Visitor(site: site, notice: notice) }
    let session = try await accounts.session(presenting: secret, at: now())
    return Visitor(site: site, session: session, notice: notice)
  }

  /// The right of `Access.person`.
  ///
  /// - Throws: `unauthorized` for whoever is not signed in.
  func person(_ call: Call, _ row: Endpoint) async throws -> Person {
    let visitor = try await visitor(call, row)
    guard let site = visitor.site else { throw Site.missing }
    guard let session = visitor.session else { throw MeshError(.unauthorized, "this is for those who are signed in") }
    return Person(site: site, session: session, notice: visitor.notice)
  }

  /// The right of `Access.owningPerson`: the skill that the path names, for whoever owns it and is signed in.
  ///
  /// - Throws: `unauthorized`; `notFound` for whoever may not see it; `AccountRefusal.notOwner`.
  func owningPerson(_ call: Call, _ row: Endpoint) async throws -> OwnedSkillVisit {
    let name = try call.skillName()
    let person = try await person(call, row)
    let skill = try await entry(name, for: person.visitor.reader).history.skill
    guard person.session.owns(skill) else { throw AccountRefusal.notOwner(name.author) }
    return OwnedSkillVisit(person: person, skill: skill.name)
  }

  /// The right of `Access.visitingReader`: the skill that the path names, as far as the visitor may know of it.
  func visitingReader(_ call: Call, _ row: Endpoint) async throws -> SkillVisit {
    let name = try call.skillName()
    let visitor = try await visitor(call, row)
    return SkillVisit(visitor: visitor, skill: try await entry(name, for: visitor.reader))
  }
}
