import HTTPTransport
import RegistryAPI
import Skills

extension TestServer {
  /// Publishes a skill of a SKILL.md alone, and demands that it is taken.
  func publish(
    _ slug: String, _ version: String = "1.0.0", description: String = "A sample.", isPrivate: Bool = false,
    token: String? = nil
  ) async throws {
    let markdown = "---\nname: \(slug)\ndescription: \(description)\nversion: \(version)\n---\n\nText of \(version).\n"
    let answer = try await publish(
      content: markdown, metadata: isPrivate ? #"{"is_private":true}"# : nil, token: token)
    guard answer.status == 201 else { throw Unexpected(status: answer.status, text: answer.text) }
  }

  func sendJSON(
    _ method: HTTPMethod, _ path: String, _ body: some Encodable, token: String? = nil
  ) async throws -> HTTPResponse {
    try await send(
      method, path, headers: ["Content-Type": "application/json"], body: .bytes(WireCoding.encode(body)), token: token)
  }

  func index(_ name: String, token: String? = nil) async throws -> IndexDocument {
    try WireCoding.decode(IndexDocument.self, from: await send(.get, "/index/\(name)", token: token).body)
  }

  func search(_ query: String, _ more: String = "", token: String? = nil) async throws -> [SearchResponse.Hit] {
    let path = Route.search.rawValue + "?q=" + PercentEncoding.component(query) + more
    let answer = try await send(.get, path, token: token)
    guard answer.status == 200 else { throw Unexpected(status: answer.status, text: answer.text) }
    return try WireCoding.decode(SearchResponse.self, from: answer.body).skills
  }

  struct Unexpected: Error {
    var status: Int
    var text: String
  }
}
