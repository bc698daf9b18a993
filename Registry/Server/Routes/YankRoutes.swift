import Hummingbird
import RegistryAPI
import RegistryStore
import Skills

/// Marking a version as not for new installs, and taking that back.
///
/// Both change nothing when they are repeated.
struct YankRoutes: Sendable {
  let services: RegistryServices

  func yank(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let (name, version) = try await owned(request, context)
    try await request.acceptExpectation(context)
    let body = try await request.optionalBody(as: YankRequest.self, limit: services.limits.smallBody)
    let reason = try body?.reason.map { try Reason(parsing: $0) }
    let changed = try await services.store.catalog.yank(name, version: version, reason: reason, at: services.now())
    services.catalog.forget(name)
    return try Responses.json(Confirmation("\(name)@\(version) \(changed ? "yanked" : "was yanked before")"))
  }

  func unyank(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let (name, version) = try await owned(request, context)
    let changed = try await services.store.catalog.unyank(name, version: version, at: services.now())
    services.catalog.forget(name)
    return try Responses.json(
      Confirmation("\(name)@\(version) \(changed ? "is no longer yanked" : "was not yanked")"))
  }

  /// The version that the path names, for the owner of the skill alone and only while it can be had.
  private func owned(
    _ request: Request, _ context: RegistryContext
  ) async throws -> (name: SkillName, version: SemanticVersion) {
    let history = try await services.ownedSkill(request, context).history
    return (history.skill.name, try history.available(context.version()).version)
  }
}
