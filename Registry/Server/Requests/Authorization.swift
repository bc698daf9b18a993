import Foundation
import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// Enforces what a row of the table demands: who asks, and what of the catalog exists for them.
struct Authorization: Sendable {
  let accounts: Accounts
  let catalog: CachedCatalog
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
    if let entry = try await catalog.entry(for: name, visibleTo: caller) { return entry }
    throw MeshError(
      .notFound, "there is no skill \(name)", hint: "Check the name; a private skill needs its owner's token.")
  }
}
