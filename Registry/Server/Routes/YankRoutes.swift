import RegistryAPI
import RegistryStore
import Skills

/// Marking a version as not for new installs, and undoing that; both change nothing when they are repeated.
struct YankRoutes: Sendable {
  let services: RegistryServices

  func yank(_ call: Call, _ skill: OwnedSkill) async throws -> Reply {
    let version = try skill.history.available(call.version()).version
    let reason = try call.optionalJSON(YankRequest.self)?.reason.map { try Reason(parsing: $0) }
    let changed = try await services.catalog.yank(skill, version, reason: reason, at: services.now())
    return try .json(Confirmation("\(skill.name)@\(version) \(changed ? "yanked" : "was yanked before")"))
  }

  func unyank(_ call: Call, _ skill: OwnedSkill) async throws -> Reply {
    let version = try skill.history.available(call.version()).version
    let changed = try await services.catalog.unyank(skill, version, at: services.now())
    return try .json(Confirmation("\(skill.name)@\(version) \(changed ? "is no longer yanked" : "was not yanked")"))
  }
}
