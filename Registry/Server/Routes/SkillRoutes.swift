import Hummingbird
import RegistryAPI
import Skills

/// A skill as a whole: what it is, taking it back, the newest versions of many.
struct SkillRoutes: Sendable {
  let services: RegistryServices

  func show(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let entry = try await services.visibleSkill(request, context)
    _ = try entry.history.available()
    return try Responses.json(SkillSummary(entry.history), of: entry.history.skill, for: request)
  }

  func unpublish(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let name = try await services.ownedSkill(request, context).history.skill.name
    let count = try await services.store.catalog.withdraw(name, version: nil, at: services.now())
    services.catalog.forget(name)
    return try Responses.json(
      Confirmation(
        count == 0 ? "\(name) was withdrawn before" : "\(name): \(count) version\(count == 1 ? "" : "s") withdrawn"))
  }

  func latest(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.caller(of: request)
    try await request.acceptExpectation(context)
    let wanted = try await request.body(as: LatestRequest.self, limit: services.limits.smallBody)
    guard wanted.skills.count <= LatestRequest.maximumNames else {
      throw MeshError(.validationError, "at most \(LatestRequest.maximumNames) names in one request")
    }
    let names = try wanted.skills.map { try SkillName(parsing: $0) }
    let found = try await services.store.catalog.newest(of: names, readableBy: caller?.authorID)
    return try Responses.json(
      LatestResponse(skills: names.map { .init(name: $0.description, version: found[$0]?.description) }))
  }
}
