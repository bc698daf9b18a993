import HTTPTransport
import RegistryAPI
import TestSupport
import Testing

/// What clients before 0.20 send as metadata: what a simple parser made of the front matter.
@Suite struct OlderClientTests {
  @Test(arguments: [
    #"{"version":1.0}"#, #"{"version":1}"#, #"{"version":[]}"#, #"{"description":[]}"#, #"{"description":{}}"#,
    #"{"description":7}"#, #"{"name":42}"#, #"{"name":null,"version":null,"description":null,"is_private":null}"#,
    #"{"name":"sample","version":1.0,"description":[],"is_private":false}"#, #"{"is_private":"false"}"#,
    #"{"is_private":0}"#, #"{"version":"null"}"#, #"{"version":"~"}"#, #"{"version":"1.0.0' # first"}"#,
    #"{"name":"sample # mine","version":"1.0.0 #"}"#, #"{"is_private":"false # for all"}"#,
  ])
  func `what is no text is passed over, and the package decides`(metadata: String) async throws {
    let server = try await TestServer.start()
    let answer = try await server.publish(package: Sample.packed().bytes, metadata: metadata)
    #expect(answer.status == 201, "\(answer.text)")
    #expect(try await server.index("acme/sample").versions.map(\.version) == ["1.0.0"])
  }

  @Test(arguments: [
    #"{"is_private":true}"#, #"{"is_private":"true"}"#, #"{"is_private":"Yes"}"#, #"{"is_private":1}"#,
    #"{"isPrivate":true}"#, #"{"private":true}"#, #"{"isPrivate":true,"is_private":true}"#,
    #"{"version":1.0,"private":true}"#, #"{"metadata":{"agent-mesh":{"private":true}}}"#,
    #"{"internal":true,"is_private":true}"#, #"{"is_private":"true # mine"}"#,
  ])
  func `a skill that is said to be private in any spelling is private`(metadata: String) async throws {
    let server = try await TestServer.start()
    #expect(try await server.publish(package: Sample.packed().bytes, metadata: metadata).status == 201)
    #expect(try await server.send(.get, "/index/acme/sample").status == 404)
    #expect(try await server.send(.get, "/index/acme/sample", token: server.token).status == 200)
  }

  @Test(arguments: [
    #"{"is_private":"maybe"}"#, #"{"is_private":"null"}"#, #"{"private":[]}"#, #"{"isPrivate":2}"#,
    #"{"is_private":{}}"#, "[]", "7", "{", "", #"{"private":false,"private":true}"#,
    #"{"is_private":true,"is_private":true}"#, #"{"metadata":{"private":false,"private":true}}"#,
    #"{"private_skill":true}"#, #"{"unlisted":true}"#,
  ])
  func `a visibility that cannot be understood refuses the publish, as what is no object does`(
    metadata: String
  ) async throws {
    let server = try await TestServer.start()
    let answer = try await server.publish(package: Sample.packed().bytes, metadata: metadata)
    #expect(answer.status == 400, "\(answer.text)")
    #expect(try answer.json()["code"] as? String == "invalid_request")
    #expect(try await server.keeps(0))
  }

  @Test(arguments: [
    #"{"isPrivate":false,"is_private":true}"#, #"{"is_private":true,"isPrivate":false}"#,
    #"{"private":"true","is_private":false}"#, #"{"is_private":false,"metadata":{"private":true}}"#,
    #"{"public":true,"private":true}"#,
  ])
  func `two words on who may see a skill refuse the publish, in whatever order they stand`(
    metadata: String
  ) async throws {
    let server = try await TestServer.start()
    let answer = try await server.publish(package: Sample.packed().bytes, metadata: metadata)
    #expect(answer.status == 422, "\(answer.text)")
    #expect(try answer.json()["code"] as? String == "validation_error")
    #expect(try await server.keeps(0))
  }
}
