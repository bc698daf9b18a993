import Hummingbird
import NIOCore
import RegistryAPI
import RegistryStore
import Skills

/// The index documents from which clients resolve, one or many at once.
struct IndexRoutes: Sendable {
  let services: RegistryServices

  func show(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let entry = try await services.visibleSkill(request, context)
    return Responses.tagged(
      entry.index, type: "application/json", tag: entry.indexTag,
      caching: entry.history.skill.isPrivate ? .private : .revalidated, for: request)
  }

  func batch(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.caller(of: request)
    try await request.acceptExpectation(context)
    let asked = try await request.body(as: IndexBatchRequest.self, limit: services.limits.smallBody).skills
    guard asked.count <= IndexBatchRequest.maximumNames else {
      throw MeshError(.validationError, "at most \(IndexBatchRequest.maximumNames) names in one request")
    }
    // Each name is answered once, however often it is asked for: a small question must not have a huge answer.
    var names: Set<String> = []
    let wanted = asked.filter { names.insert($0.name).inserted }
    // What cannot be a name is the name of nothing.
    let parsed = Set(names.compactMap { try? SkillName(parsing: $0) })
    let found = try await services.entries(for: parsed, visibleTo: caller)
    return try IndexBatchBody(wanted, Dictionary(uniqueKeysWithValues: found.map { ($0.key.description, $0.value) }))
      .response()
  }
}
