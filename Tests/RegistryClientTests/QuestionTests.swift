import Foundation
import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct QuestionTests {
  @Test func `the token goes to the registry and nowhere else`() async throws {
    let other = TestServer { _, connection in try connection.reply(200, #"{"owned":[],"authorized":[]}"#) }
    let server = TestServer { request, connection in
      if request.target == "/api/user/profile" { return try connection.reply(200, #"{"author":"acme"}"#) }
      try connection.reply(302, headers: ["Location: \(other.address)/elsewhere"])
    }
    let client = try client(at: server.address, token: "ah_secret")
    #expect(client.hasToken)
    #expect(try await client.profile().author == "acme")
    #expect(try await client.ownSkills().owned.isEmpty)
    #expect(server.requests.map { $0.headers["Authorization"] } == ["Bearer ah_secret", "Bearer ah_secret"])
    #expect(other.requests.map { $0.headers["Authorization"] } == [nil])
    #expect(other.requests.map(\.target) == ["/elsewhere"])
  }

  @Test func `without a token none is sent`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, #"{"author":"acme"}"#) }
    let client = try client(at: server.address)
    #expect(!client.hasToken)
    _ = try await client.profile()
    #expect(server.requests.first?.headers["Authorization"] == nil)
    #expect(server.requests.first?.headers["Accept"] == "application/json")
  }

  @Test func `an address with a path is in front of every route`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, #"{"author":"acme"}"#) }
    _ = try await client(at: server.address + "/base/").profile()
    #expect(server.requests.map(\.target) == ["/base/api/user/profile"])
  }

  @Test(arguments: [0, 1, 499, 500, 501, 1_250])
  func `any number of names is asked for in groups`(count: Int) async throws {
    let server = TestServer { request, connection in
      let names = try WireCoding.decode(LatestRequest.self, from: request.body).skills
      guard names.count <= LatestRequest.maximumNames else { return try connection.reply(413) }
      let entries = names.map {
        LatestResponse.Entry(name: $0, version: $0.hasSuffix("7") ? nil : "1.0.\(names.count)")
      }
      try connection.reply(200, WireCoding.encode(LatestResponse(skills: entries)))
    }
    let names = try (0..<count).map { try SkillName(parsing: "acme/skill-\($0)") }
    let found = try await client(at: server.address).newest(of: names)
    #expect(server.requests.count == (count + 499) / 500)
    #expect(Set(found.keys) == Set(names.filter { !$0.description.hasSuffix("7") }))
    #expect(server.requests.allSatisfy { $0.method == "POST" && $0.target == "/api/skills/latest" })
    #expect(server.requests.allSatisfy { $0.headers["Content-Type"] == "application/json" })
  }

  @Test func `answers for other names and versions that are none are passed over`() async throws {
    let server = TestServer { _, connection in
      try connection.reply(
        200,
        #"{"skills":[{"name":"acme/one","version":"1.0.0"},{"name":"../x","version":"9.9.9"},"#
          + #"{"name":"evil/other","version":"9.9.9"},{"name":"acme/two","version":"latest"}]}"#)
    }
    let names = try ["acme/one", "acme/two"].map { try SkillName(parsing: $0) }
    let found = try await client(at: server.address).newest(of: names)
    #expect(found == [names[0]: try SemanticVersion(parsing: "1.0.0")])
  }

  @Test func `unpublishing names the skill or the one version`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, #"{"success":true,"message":"done"}"#) }
    let (client, name) = (try client(at: server.address), try SkillName(parsing: "acme/probe"))
    _ = try await client.unpublish(name, version: nil)
    _ = try await client.unpublish(name, version: SemanticVersion(parsing: "1.0.0+b"))
    #expect(server.requests.map(\.method) == ["DELETE", "DELETE"])
    #expect(
      server.requests.map(\.target) == ["/api/skills/acme/probe", "/api/skills/acme/probe/versions/1.0.0%2Bb"])
  }

  @Test func `unpublishing is not tried twice`() async throws {
    let server = TestServer { _, connection in try connection.reply(503) }
    let (client, name) = (try client(at: server.address), try SkillName(parsing: "acme/probe"))
    #expect(await failure { try await client.unpublish(name, version: nil) }?.code == .unavailable)
    #expect(server.requests.count == 1)
  }

  @Test func `nobody at the address is a failure of the network, with the address`() async throws {
    let address = "http://127.0.0.1:\(TestServer.closedPort())"
    let error = await failure { try await client(at: address).profile() }
    #expect(error?.code == .networkError)
    #expect(error?.message.contains(address) == true)
  }

  @Test(arguments: [200, 404])
  func `a page instead of an answer says that this is no registry`(status: Int) async throws {
    let server = TestServer { _, connection in try connection.reply(status, "<html>hello</html>") }
    let error = await failure { try await client(at: server.address).profile() }
    #expect(error?.code == (status == 200 ? .networkError : .notFound))
    #expect(error?.message.contains(server.address) == true)
  }

  @Test func `what a proxy says is passed on under the code of its status`() async throws {
    let server = TestServer { _, connection in
      try connection.reply(407, #"{"error":{"kind":"proxy"},"message":"ask the proxy"}"#)
    }
    let error = await failure { try await client(at: server.address).profile() }
    #expect(error?.code == .unknown)
    #expect(error?.message == "ask the proxy")
  }

  @Test(arguments: [(-1, 1), (0, 1), (1, 1), (100, 100), (101, 100), (Int.max, 100)])
  func `a search is one question with what was typed and a limit that registries accept`(
    limit: Int, asked: Int
  ) async throws {
    let server = TestServer { _, connection in try connection.reply(200, #"{"skills":[],"count":0}"#) }
    let answer = try await client(at: server.address + "/base").search("a&b=c #ü/?", limit: limit)
    #expect(answer.skills.isEmpty)
    #expect(server.requests.map(\.method) == ["GET"])
    #expect(server.requests.map(\.target) == ["/base/api/search?q=a%26b%3Dc%20%23%C3%BC%2F%3F&limit=\(asked)"])
  }

  @Test func `hits are read as they are written`() async throws {
    let hit = SearchResponse.Hit(
      name: try SkillName(parsing: "acme/probe"), id: "7", version: "1.0.0", description: "Probes", isPrivate: true,
      updatedAt: Date(timeIntervalSince1970: 1_000), installs: 3)
    let server = TestServer { _, connection in
      try connection.reply(200, WireCoding.encode(SearchResponse(skills: [hit])))
    }
    let answer = try await client(at: server.address).search("probe", limit: 10)
    #expect(answer.count == 1)
    #expect(answer.skills.first?.source == "acme/probe")
    #expect(answer.skills.first?.updatedAt == hit.updatedAt)
  }

  @Test func `a search that no registry takes is not sent`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, #"{"skills":[],"count":0}"#) }
    let client = try client(at: server.address)
    _ = try await client.search(String(repeating: "ü", count: 200), limit: 1)
    let error = await failure { try await client.search(String(repeating: "x", count: 201), limit: 1) }
    #expect(error?.code == .usage)
    #expect(server.requests.count == 1)
  }

  @Test func `a yank is put with its reason, and taken back at the same path`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, #"{"success":true,"message":"done"}"#) }
    let (client, name) = (try client(at: server.address), try SkillName(parsing: "acme/probe"))
    let version = try SemanticVersion(parsing: "1.0.0+b")
    #expect(try await client.yank(name, version, reason: "it bites").message == "done")
    #expect(try await client.yank(name, version, reason: nil).success)
    #expect(try await client.unyank(name, version).success)
    #expect(server.requests.map(\.method) == ["PUT", "PUT", "DELETE"])
    #expect(Set(server.requests.map(\.target)) == ["/api/skills/acme/probe/versions/1.0.0%2Bb/yank"])
    #expect(server.requests.map { $0.headers["Content-Type"] } == ["application/json", "application/json", nil])
    let bodies = server.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies == [#"{"reason":"it bites"}"#, "{}", ""])
  }
}
