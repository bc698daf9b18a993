import RegistryAPI
import RegistryStore
import Skills

/// The index documents from which clients resolve, one or many at once.
struct IndexRoutes: Sendable {
  let services: RegistryServices

  func show(_ call: Call, _ skill: CatalogEntry) -> Reply {
    .tagged(skill.index, type: "application/json", for: call)
  }

  func batch(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let asked = try call.json(IndexBatchRequest.self).skills
    guard asked.count <= IndexBatchRequest.maximumNames else {
      throw MeshError(.validationError, "at most \(IndexBatchRequest.maximumNames) names in one request")
    }
    // Each name is answered once, however often it is asked for: a small question must not have a huge answer.
    var names: Set<String> = []
    let wanted = asked.filter { names.insert($0.name).inserted }
    // What cannot be a name is the name of nothing.
    let parsed = Set(names.compactMap { try? SkillName(parsing: $0) })
    let reader = caller.reader
    let found = try await services.catalog.entries(for: parsed, visibleTo: reader)
    let moved = try await services.catalog.presentNames(of: parsed.subtracting(found.keys), for: reader)
    return try IndexBatchBody(wanted, found.byText, movedTo: moved.byText).reply()
  }

  func latest(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let asked = try call.json(LatestRequest.self).skills
    guard asked.count <= LatestRequest.maximumNames else {
      throw MeshError(.validationError, "at most \(LatestRequest.maximumNames) names in one request")
    }
    let names = try asked.map { try SkillName(parsing: $0) }
    let reader = caller.reader
    var found = try await services.catalog.entries(for: Set(names), visibleTo: reader)
    let moved = try await services.catalog.presentNames(of: Set(names).subtracting(found.keys), for: reader)
    let present = try await services.catalog.entries(for: Set(moved.values), visibleTo: reader)
    for (old, new) in moved { found[old] = present[new] }
    return try .json(
      LatestResponse(
        skills: names.map { .init(name: $0.description, version: found[$0]?.history.newest?.version.description) }))
  }
}

extension Dictionary where Key == SkillName {
  fileprivate var byText: [String: Value] {
    [String: Value](uniqueKeysWithValues: map { ($0.key.description, $0.value) })
  }
}
