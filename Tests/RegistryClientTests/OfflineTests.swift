import Foundation
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct OfflineTests {
  private let scene: CacheScene
  private let registry: IndexRegistry
  private let name: SkillName

  init() throws {
    scene = try CacheScene()
    registry = try IndexRegistry(["acme/one", "acme/two"].map { try .sample($0, [("1.0.0", "a")]) })
    name = try SkillName(parsing: "acme/one")
  }

  private func fetch(_ client: RegistryClient) async throws -> FetchedArchive {
    try await client.fetch(
      name, SemanticVersion(parsing: "1.0.0"), digest: Digest(of: Array("a".utf8)), size: 1,
      scratch: scene.folder["s"].string)
  }

  @Test func `what is in the cache is had whatever its age, and the rest is said to be missing`() async throws {
    _ = try await registry.client(scene.cache).index(of: name)
    for file in try scene.files() { try scene.age("cache/" + file, seconds: 400 * 86_400) }
    let before = registry.server.accepted
    let client = try registry.client(scene.cache, isOffline: true)
    let missing = try SkillName(parsing: "acme/two")
    let answers = try await client.indexes(of: [name, missing])
    #expect(try answers[name]?.get().versions.count == 1)
    guard case .failure(let error)? = answers[missing] else { return #expect(Bool(false)) }
    #expect(error.code == .offline)
    #expect(error.message == "acme/two is not in the cache")
    #expect(error.hint == "Run it once without --offline.")
    #expect(try await client.index(of: name).name == "acme/one")
    #expect(await failure { try await client.index(of: missing) }?.code == .offline)
    #expect(registry.server.accepted == before)
  }

  @Test func `an archive comes from the cache, or is said to be missing`() async throws {
    let client = try registry.client(scene.cache, isOffline: true)
    let error = await failure { try await fetch(client) }
    #expect(error?.code == .offline)
    #expect(error?.message == "acme/one@1.0.0 is not in the cache")
    scene.cache.store(Array("a".utf8), as: Digest(of: Array("a".utf8)))
    #expect(try await fetch(client).content == Array("a".utf8))
    try Damage.flippedFirstBit.strike(scene.archive(Digest(of: Array("a".utf8))), in: scene.folder)
    #expect(await failure { try await fetch(client) }?.code == .offline)
    #expect(registry.server.accepted == 0)
  }

  @Test func `without a cache nothing is had`() async throws {
    let client = try registry.client(nil, isOffline: true)
    #expect(await failure { try await client.index(of: name) }?.code == .offline)
    #expect(await failure { try await fetch(client) }?.code == .offline)
    #expect(registry.server.accepted == 0)
  }

  @Test func `every other question fails at once, and makes no connection`() async throws {
    let client = try registry.client(scene.cache, isOffline: true)
    let version = try SemanticVersion(parsing: "1.0.0")
    let questions: [@Sendable () async throws -> Void] = [
      { _ = try await client.search("x", limit: 1) }, { _ = try await client.skill(name) },
      { _ = try await client.versions(of: name) }, { _ = try await client.ownSkills() },
      { _ = try await client.profile() },
      { _ = try await client.newest(of: [name]) }, { _ = try await client.unpublish(name, version: version) },
      { _ = try await client.yank(name, version, reason: nil) }, { _ = try await client.unyank(name, version) },
      { _ = try await client.publish(.skillMarkdown([]), metadata: PublishMetadata()) },
    ]
    for question in questions {
      let error = await failure { try await question() }
      #expect(error?.code == .offline)
      #expect(error?.hint == "Run it again without --offline.")
    }
    #expect(registry.server.accepted == 0)
  }
}
