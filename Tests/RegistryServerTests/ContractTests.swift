import Foundation
import RegistryAPI
import Skills
import Testing

@testable import RegistryServer

/// `schemas/openapi.yaml` says of every route what the table of routes and the types of the bodies say.
@Suite struct ContractTests {
  private static let rows = Endpoint.all.filter { !$0.access.isForBrowsers }
  private let description: APIDescription

  init() throws {
    description = try APIDescription(reading: APIDescription.embedded)
  }

  /// The path of a row as OpenAPI writes it.
  private static func path(_ row: Endpoint) -> String {
    row.route.rawValue.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part == "**" ? "{path}" : part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
    }.joined(separator: "/")
  }

  private func operation(_ row: Endpoint) throws -> APIOperation {
    let path = Self.path(row)
    return try #require(
      description.operations.first { $0.method == row.method.rawValue && $0.path == path },
      "\(row.method.rawValue) \(path)")
  }

  @Test func `every route that is no page is described, once, and nothing else`() {
    let described = description.operations.map { "\($0.method) \($0.path)" }
    #expect(Set(described).count == described.count)
    #expect(Set(described) == Set(Self.rows.map { "\($0.method.rawValue) \(Self.path($0))" }))
    #expect(Set(description.operations.map(\.id)).count == described.count)
    #expect(description.findings.isEmpty)
  }

  @Test(arguments: rows)
  func `who may ask, under which limit and with which refusals is what the row says`(row: Endpoint) throws {
    let operation = try operation(row)
    #expect(operation.access == row.access.rawValue)
    #expect(operation.rateClass == row.rate.rawValue)
    #expect(operation.errors.sorted() == row.allErrors.map(\.wire).sorted())
    #expect(operation.rights == row.rights.map(\.rawValue))
    #expect(!operation.summary.isEmpty && !operation.group.isEmpty)
  }

  @Test(arguments: rows)
  func `every refusal has its status, and no other status is described`(row: Endpoint) throws {
    let isOAuth = if case .oauth = row.request { true } else { false }
    let own = row.allErrors.map { code in
      isOAuth && [413, 415, 422].contains(code.httpStatus) ? 400 : code.httpStatus
    }
    // Of the registry's own, and of what is no HTTP.
    #expect(Set(try operation(row).statuses.filter { $0 >= 400 }) == Set(own + [400, 500]))
  }

  @Test(arguments: rows)
  func `bodies are named by their types, which read their examples and write the same`(row: Endpoint) throws {
    let operation = try operation(row)
    try expect(operation.request(), is: row.request)
    try expect(operation.response, is: row.response)
  }

  private func expect(_ body: APIOperation.Body?, is payload: Payload) throws {
    switch payload {
    case .json(let type), .optionalJSON(let type), .oauth(let type):
      let body = try #require(body, "\(type)")
      #expect(body.schema == "\(type)".replacing(#/Array<(.+)>/#) { "\($0.output.1)List" })
      try expectRoundTrip(type, body.example)
    case .none, .form, .fields, .page, .archive, .file, .events: #expect(body == nil)
    }
  }

  @Test func `the examples of failures and of a publish are read by their types, too`() throws {
    try expectRoundTrip(ErrorBody.self, try #require(description.example(of: "Problem")))
    try expectRoundTrip(OAuthError.self, try #require(description.example(of: "OAuthError")))
    let publish = try #require(description.operations.first { $0.id == "publish" })
    let form = try #require(publish.request("multipart/form-data"))
    let fields = try #require(try JSONSerialization.jsonObject(with: Data(form.example)) as? [String: String])
    let metadata = try PublishMetadata(reading: Array((fields["metadata"] ?? "").utf8))
    let document = try SkillDocument(reading: Array((fields["content"] ?? "").utf8))
    #expect(metadata.name == document.frontMatter["name"]?.string)
  }

  private func expectRoundTrip<Body: Codable>(_ type: Body.Type, _ example: [UInt8]) throws {
    let encoded = try WireCoding.encode(WireCoding.decode(type, from: example))
    let before = try #require(try JSONSerialization.jsonObject(with: Data(example)) as? NSObject)
    let after = try JSONSerialization.jsonObject(with: Data(encoded)) as? NSObject
    #expect(before == after, "\(type)")
  }

  @Test func `the file is served as it is, and only when it has changed`() async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "schemas/openapi.yaml")
    let server = try await TestServer.start()
    let answer = try await server.send(.get, Route.contract.rawValue)
    #expect(answer.status == 200)
    #expect(try answer.body == Array(Data(contentsOf: file)))
    #expect(answer.headers["Content-Type"] == "application/yaml")
    let tag = try #require(answer.headers["ETag"])
    let again = try await server.send(.get, Route.contract.rawValue, headers: ["If-None-Match": .init(tag)])
    #expect(again.status == 304)
  }

  @Test func `a page shows every operation with its examples`() async throws {
    let server = try await TestServer.start()
    let page = try await server.send(.get, Route.apiPage.rawValue)
    #expect(page.status == 200)
    for operation in description.operations {
      #expect(page.text.contains("id=\"\(operation.id)\""), "\(operation.id)")
      #expect(page.text.contains("\(operation.method) \(operation.path)</h3>"), "\(operation.id)")
    }
    // Beside searches, which everybody may ask, stands a right.
    #expect(page.text.contains("<code>read:private</code> only for what is private"))
    #expect(page.text.contains("&quot;request_id&quot;"))
    #expect(page.text.contains(Route.contract.rawValue))
    let anchors = page.text.matches(of: #/ id="([^"]+)"/#).map(\.output.1)
    #expect(Set(anchors).count == anchors.count)
  }
}
