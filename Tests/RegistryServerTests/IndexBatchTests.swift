import HTTPTransport
import RegistryAPI
import Skills
import TestSupport
import Testing

@Suite struct IndexBatchTests {
  private func ask(
    _ server: TestServer, _ entries: [IndexBatchRequest.Entry], token: String? = nil
  ) async throws -> [IndexBatchResponse.Entry] {
    let answer = try await server.sendJSON(
      .post, Route.indexBatch.rawValue, IndexBatchRequest(skills: entries), token: token)
    #expect(answer.status == 200, "\(answer.text)")
    return try WireCoding.decode(IndexBatchResponse.self, from: answer.body).skills
  }

  @Test func `every document and its tag are exactly those that are had one by one, each once in the order asked`()
    async throws
  {
    let server = try await TestServer.start()
    for slug in ["one", "two", "three"] {
      try await server.publish(slug)
      try await server.publish(slug, "1.1.0-rc.1+b", description: "Sch\u{00F6}n / \\\"quoted\\\"")
    }
    let names = ["acme/two", "acme/none", "acme/one", "acme/three", "acme/one"]
    for _ in 0..<2 {
      let raw = try await server.sendJSON(
        .post, Route.indexBatch.rawValue, IndexBatchRequest(skills: names.map { .init(name: $0) }))
      let entries = try WireCoding.decode(IndexBatchResponse.self, from: raw.body).skills
      #expect(entries.map(\.name) == Array(names.prefix(4)))
      for entry in entries where entry.name != "acme/none" {
        let single = try await server.send(.get, "/index/\(entry.name)")
        #expect(entry.etag == single.headers["ETag"])
        #expect(raw.text.contains("{\"document\":\(single.text),\"etag\":"))
        #expect(try WireCoding.encode(#require(entry.document)) == single.body)
      }
      #expect(entries[1].etag == nil)
      #expect(entries[1].document == nil)
    }
  }

  @Test func `a document is sent only to those whose tag is another one`() async throws {
    let server = try await TestServer.start()
    try await server.publish("one")
    let tag = try #require(try await ask(server, [.init(name: "acme/one")])[0].etag)
    for known in [tag, "W/\(tag)"] {
      let entry = try await ask(server, [.init(name: "acme/one", etag: known)])[0]
      #expect(entry.etag == tag)
      #expect(entry.document == nil)
    }
    for other in ["", "\"x\"", String(tag.dropLast())] {
      #expect(try await ask(server, [.init(name: "acme/one", etag: other)])[0].document != nil, "\(other)")
    }
    try await server.publish("one", "1.1.0")
    let changed = try await ask(server, [.init(name: "acme/one", etag: tag)])[0]
    #expect(changed.etag != tag)
    #expect(changed.document?.versions.map(\.version) == ["1.0.0", "1.1.0"])
  }

  @Test func `a private skill exists for its owner alone, whatever tag a stranger brings`() async throws {
    let server = try await TestServer.start()
    let stranger = try await TestServer.newToken("rival", server.store)
    try await server.publish("hidden", isPrivate: true)
    let own = try await ask(server, [.init(name: "acme/hidden")], token: server.token)[0]
    #expect(own.document?.isPrivate == true)
    for token in [nil, stranger] {
      for etag in [nil, own.etag] {
        let entry = try await ask(server, [.init(name: "acme/hidden", etag: etag)], token: token)[0]
        #expect(entry.etag == nil)
        #expect(entry.document == nil)
      }
    }
    let body = IndexBatchRequest(skills: [])
    #expect(try await server.sendJSON(.post, Route.indexBatch.rawValue, body, token: "ah_x").status == 401)
  }

  @Test(arguments: ["", "acme", "acme/", "/one", "ACME/one", "acme/one/x", "../one", "acme/o\u{0}ne", "acme/\"},{\""])
  func `what cannot be a name is answered as a skill that is missing`(name: String) async throws {
    let server = try await TestServer.start()
    let entries = try await ask(server, [.init(name: name, etag: "\"x\""), .init(name: "acme/none")])
    #expect(entries.map(\.name) == [name, "acme/none"])
    #expect(entries.allSatisfy { $0.etag == nil && $0.document == nil })
  }

  @Test func `500 names are answered, 501 refused, and so are other bodies and too large ones`() async throws {
    let server = try await TestServer.start()
    try await server.publish("one")
    let path = Route.indexBatch.rawValue
    let many = (0..<500).map { IndexBatchRequest.Entry(name: $0 == 7 ? "acme/one" : "acme/x\($0)") }
    #expect(try await ask(server, many).map { $0.document != nil } == (0..<500).map { $0 == 7 })
    let same = Array(repeating: IndexBatchRequest.Entry(name: "acme/one"), count: 500)
    #expect(try await ask(server, same).map(\.name) == ["acme/one"])
    #expect(try await ask(server, []).isEmpty)
    let over = try await server.sendJSON(.post, path, IndexBatchRequest(skills: many + many.prefix(1)))
    #expect(over.status == 422)
    #expect(try over.json()["code"] as? String == "validation_error")
    #expect(try await server.send(.post, path, body: .bytes(Array("[]".utf8))).status == 400)
    #expect(try await server.send(.post, path).status == 400)
    let large = IndexBatchRequest(skills: [.init(name: String(repeating: "x", count: 2 << 20))])
    #expect(try await server.sendJSON(.post, path, large).status == 413)
    #expect(try await server.send(.get, path).status == 405)
  }
}
