import HTTPTransport
import RegistryAPI
import Skills
import TestSupport
import Testing

/// Every row of the table of endpoints, asked by those who may and those who may not.
@Suite struct AccessTests {
  /// A path that fits the row, for a skill with a version 1.0.0 and a file `notes.md`.
  private func path(_ row: Endpoint, _ slug: String) -> String {
    row.route.path(row.route.rawValue.contains("**") ? ["acme", slug, "1.0.0", "notes.md"] : ["acme", slug, "1.0.0"])
  }

  private func method(_ row: Endpoint) -> HTTPMethod {
    switch row.method {
    case .get: .get
    case .post: .post
    case .put: .put
    case .patch: .patch
    case .delete: .delete
    }
  }

  private func started() async throws -> (server: TestServer, stranger: String) {
    let server = try await TestServer.start()
    let skills: [(String, String?)] = [("open", nil), ("hidden", #"{"is_private":true}"#)]
    for (slug, metadata) in skills {
      let packed = try Sample.packed(slug, files: ["notes.md": "Notes."])
      #expect(try await server.publish(package: packed.bytes, metadata: metadata).status == 201)
    }
    return (server, try await TestServer.newToken("rival", server.store))
  }

  @Test func `what is said of a private skill is kept by nobody, and of a public one as its row says`() async throws {
    let (server, _) = try await started()
    for row in ReaderEndpoint.allCases.map(\.row) {
      let hidden = try await server.send(.get, path(row, "hidden"), token: server.token)
      #expect(hidden.status == 200, "\(row.route)")
      #expect(hidden.headers["Cache-Control"] == "private, no-store", "\(row.route)")
      let tag = try #require(hidden.headers["ETag"])
      let again = try await server.send(
        .get, path(row, "hidden"), headers: ["If-None-Match": .init(tag)], token: server.token)
      #expect(again.status == 304, "\(row.route)")
      #expect(again.headers["Cache-Control"] == "private, no-store", "\(row.route)")
      let open = try await server.send(.get, path(row, "open"))
      #expect(open.headers["Cache-Control"] == row.caching.rawValue, "\(row.route)")
      #expect(row.caching != .never, "\(row.route)")
    }
  }

  @Test func `a private skill is nothing to a stranger, with a token or without`() async throws {
    let (server, stranger) = try await started()
    for row in ReaderEndpoint.allCases.map(\.row) + OwnerEndpoint.allCases.map(\.row) {
      for token in [nil, stranger] where token != nil || row.access == .reader {
        let hidden = try await server.send(method(row), path(row, "hidden"), token: token)
        let missing = try await server.send(method(row), path(row, "absent"), token: token)
        #expect(hidden.status == 404, "\(row.route)")
        #expect(hidden.headers["Cache-Control"] == "no-store", "\(row.route)")
        #expect(Self.words(hidden) == Self.words(missing).replacing("absent", with: "hidden"), "\(row.route)")
      }
    }
    #expect(try await server.index("acme/hidden", token: server.token).versions.map(\.status) == [.published])
  }

  @Test func `what is the owner's is done by nobody else, and what needs a token not without one`() async throws {
    let (server, stranger) = try await started()
    for row in OwnerEndpoint.allCases.map(\.row) {
      #expect(try await server.send(method(row), path(row, "open"), token: stranger).status == 403, "\(row.route)")
    }
    for row in OwnerEndpoint.allCases.map(\.row) + AccountEndpoint.allCases.map(\.row) {
      for token in [nil, "ah_wrong"] {
        let answer = try await server.send(method(row), path(row, "open"), token: token)
        #expect(answer.status == 401, "\(row.route)")
        #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true, "\(row.route)")
      }
    }
    for row in OpenEndpoint.allCases.map(\.row) + ReaderEndpoint.allCases.map(\.row) {
      #expect(try await server.send(method(row), path(row, "open"), token: "ah_wrong").status == 401, "\(row.route)")
    }
    #expect(try await server.index("acme/open").versions.map(\.status) == [.published])
  }

  private static func words(_ answer: HTTPResponse) -> String {
    answer.text.replacing(/"request_id":"[^"]*"/, with: "")
  }
}
