import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import TestSupport
import Testing

/// What people do as members of an organisation, and what a token of theirs is for.
@Suite struct MembershipTests {
  private func publish(_ scene: AccessScene, _ slug: String, as asker: String, to owner: String) async throws -> Int {
    let token = try await scene.token(of: try scene.asker(asker))
    let metadata = #"{"owner":"\#(owner)"}"#
    return try await scene.server.publish(
      content: Sample.markdown(slug, version: "2.0.0"), metadata: metadata, token: token
    ).status
  }

  @Test(arguments: [
    ("a publisher", "guild", 201), ("an owner", "guild", 201), ("the operator's token", "guild", 201),
    ("a reader", "guild", 403), ("another account", "guild", 403), ("another account", "eve", 201),
    ("an owner's token for publish:update", "guild", 201), ("an owner's token for publish:new", "guild", 403),
    ("an owner's token for others", "guild", 403), ("an owner", "nobody-at-all", 403), ("an owner", "No Name", 422),
  ])
  func `a version is published as an organisation by its publishers, with a token for that`(
    asker: String, owner: String, status: Int
  ) async throws {
    let scene = try await AccessScene()
    #expect(try await publish(scene, "open", as: asker, to: owner) == status)
  }

  @Test func `a stranger who publishes to others learns nothing of what they keep private`() async throws {
    let scene = try await AccessScene()
    let token = try await scene.token(of: try scene.asker("another account"))
    var answers: [String] = []
    for slug in ["hidden", "absent", "open"] {
      let answer = try await scene.server.publish(
        content: Sample.markdown(slug), metadata: #"{"owner":"guild"}"#, token: token)
      #expect(answer.status == 403)
      answers.append(answer.text.replacing(#/"request_id":"[^"]*"/#, with: ""))
    }
    #expect(Set(answers).count == 1)
  }

  @Test func `a search finds what a token is for, and as much as it is asked for`() async throws {
    let scene = try await AccessScene()
    let (server, owner) = (scene.server, try scene.asker("an owner"))
    let all = try #require(try await scene.token(of: owner))
    for index in 0..<6 { try await server.publish("tool-\(index)", isPrivate: true, token: all) }
    for index in 0..<3 { try await server.publish("open-\(index)", token: all) }
    var narrow = owner
    narrow.scope?.skills = [try ResourcePattern(parsing: "ann/tool-5")]
    let token = try await scene.token(of: narrow)
    for query in ["sample", ""] {
      let found = try await server.search(query, "&limit=4", token: token).map(\.source)
      #expect(found.count == 4, "\(query)")
      #expect(Set(found).isSubset(of: ["ann/tool-5", "ann/open-0", "ann/open-1", "ann/open-2", "guild/open"]))
      #expect(found.contains("ann/tool-5") || query.isEmpty)
    }
    #expect(try await server.search("sample", "&limit=100", token: all).count == 11)
  }

  @Test func `what is shared by an organisation is listed apart from what is one's own`() async throws {
    let scene = try await AccessScene()
    let asker = try scene.asker("a reader")
    let token = try #require(try await scene.token(of: asker))
    try await scene.server.publish("mine", isPrivate: true, token: token)
    func lists(_ token: String?) async throws -> [[String]] {
      let answer = try await scene.server.send(.get, Route.ownSkills.rawValue, token: token)
      let lists = try WireCoding.decode(OwnSkills.self, from: answer.body)
      return [lists.owned.map(\.slug), lists.authorized.map(\.slug)]
    }
    #expect(try await lists(token) == [["mine"], ["hidden", "open"]])
    var blind = asker
    blind.scope?.rights.remove(.readPrivate)
    #expect(try await lists(scene.token(of: blind)) == [[], ["open"]])
  }
}
