import Foundation
import Hummingbird
import RegistryAPI

/// What belongs to the caller, and whether the server is well.
struct AccountRoutes: Sendable {
  let services: RegistryServices

  func skills(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.requiredCaller(of: request)
    let owned = try await services.store.catalog.skills(ofAuthor: caller.authorID)
    return try Responses.json(OwnSkills(owned: owned.map(SkillSummary.init)))
  }

  func profile(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.requiredCaller(of: request)
    return try Responses.json(
      Profile(author: caller.author.rawValue, tokenExpiresAt: caller.tokenExpiresAt?.ISO8601Format()))
  }

  /// Ends the very token that the request carries.
  func revokeToken(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.requiredCaller(of: request)
    try await services.store.accounts.revokeToken(of: caller, at: services.now())
    return Response(status: .noContent, headers: [.cacheControl: Responses.Caching.private.header])
  }

  /// 200 while the database answers.
  func health(_ request: Request, _ context: RegistryContext) async throws -> Response {
    try await services.store.ping()
    return try Responses.json(Health(status: "ok", version: ProgramVersion.current))
  }
}
