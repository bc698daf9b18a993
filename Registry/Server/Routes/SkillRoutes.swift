import Hummingbird
import NIOCore
import NIOHTTPTypes
import RegistryAPI
import Skills

/// A skill as a whole: what it is, its index, taking it back, many at once.
struct SkillRoutes: Sendable {
  let services: RegistryServices

  func show(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let entry = try await services.visibleSkill(request, context)
    _ = try entry.history.available()
    return try Answers.json(SkillSummary(entry.history))
  }

  func index(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let entry = try await services.visibleSkill(request, context)
    return Answers.tagged(
      entry.index, type: "application/json", tag: entry.indexTag,
      caching: entry.history.skill.isPrivate ? .private : .revalidated, for: request)
  }

  func unpublish(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let name = try await services.ownedSkill(request, context).history.skill.name
    let count = try await services.store.catalog.withdraw(name, version: nil, at: services.now())
    services.catalog.forget(name)
    return try Answers.json(
      Confirmation(
        count == 0 ? "\(name) was withdrawn before" : "\(name): \(count) version\(count == 1 ? "" : "s") withdrawn"))
  }

  func latest(_ request: Request, _ context: RegistryContext) async throws -> Response {
    let caller = try await services.caller(of: request)
    try await request.acceptExpectation(context)
    let wanted = try await request.body(as: LatestRequest.self, limit: services.limits.smallBody)
    guard wanted.skills.count <= LatestRequest.maximumNames else {
      throw MeshError(.payloadTooLarge, "at most \(LatestRequest.maximumNames) names in one request")
    }
    let names = try wanted.skills.map { try SkillName(parsing: $0) }
    let found = try await services.store.catalog.newest(of: names, readableBy: caller?.authorID)
    return try Answers.json(
      LatestAnswer(skills: names.map { .init(name: $0.description, version: found[$0]?.description) }))
  }
}

extension Request {
  /// `Expect: 100-continue`: the body is wanted, now that its sender is known and its size allowed.
  func acceptExpectation(_ context: RegistryContext) async throws {
    guard headers[.expect]?.lowercased() == "100-continue" else { return }
    try await context.channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)))
  }

  /// A JSON body of at most `limit` bytes.
  func body<Value: Decodable>(as type: Value.Type, limit: Int) async throws -> Value {
    let buffer: ByteBuffer
    do {
      buffer = try await body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw MeshError(.payloadTooLarge, "the request body is larger than \(limit) bytes")
    }
    do {
      return try WireCoding.decode(type, from: buffer.readableBytesView)
    } catch {
      throw MeshError(.invalidRequest, "the request body is not the JSON that this path takes")
    }
  }
}
