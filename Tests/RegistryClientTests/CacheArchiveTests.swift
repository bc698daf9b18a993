import Foundation
import RegistryAPI
import RegistryClient
import Skills
import Synchronization
import TestSupport
import Testing

@Suite struct CacheArchiveTests {
  private static let small = Array("a small archive".utf8)
  private static let large = (0...FetchedArchive.smallSize).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  /// By name, since every run prints its arguments.
  enum Length: CaseIterable {
    case small, large

    var bytes: [UInt8] { self == .small ? CacheArchiveTests.small : CacheArchiveTests.large }
  }

  private func store(_ bytes: [UInt8], in scene: CacheScene) throws -> Digest {
    let digest = Digest(of: bytes)
    scene.cache.store(bytes, as: digest)
    #expect(scene.exists(scene.archive(digest)))
    return digest
  }

  private func fetch(_ bytes: [UInt8], _ client: RegistryClient, scratch: String) async throws -> FetchedArchive {
    try await client.fetch(
      SkillName(parsing: "acme/probe"), SemanticVersion(parsing: "1.0.0"), digest: Digest(of: bytes),
      size: bytes.count, scratch: scratch)
  }

  @Test func `a cache that was only read is not there`() throws {
    let scene = try CacheScene()
    #expect(try scene.cache.archive(Digest(of: [1]), size: 1) == nil)
    #expect(scene.cache.knownNames().isEmpty)
    scene.cache.trim()
    #expect(try scene.cache.info().archives == 0)
    #expect(try scene.cache.clean().archives == 0)
    #expect(try scene.cache.verify().damaged.isEmpty)
    #expect(!scene.exists("cache"))
  }

  @Test func `a small archive comes back as bytes, a large one as a file`() throws {
    let scene = try CacheScene()
    let (small, large) = (try store(Self.small, in: scene), try store(Self.large, in: scene))
    let first = try #require(try scene.cache.archive(small, size: Self.small.count))
    #expect(first.path == nil)
    #expect(first.content == Self.small)
    let second = try #require(try scene.cache.archive(large, size: Self.large.count))
    #expect(second.path == scene.folder[scene.archive(large)].string)
    #expect(second.content == Self.large)
  }

  @Test func `only the owner may read what is kept`() throws {
    let scene = try CacheScene()
    let digest = try store(Self.small, in: scene)
    let prefix = "cache/archives/" + digest.hexadecimal.prefix(2)
    for folder in ["cache", "cache/archives", prefix] { #expect(try scene.mode(folder) == 0o700) }
    for file in [scene.archive(digest), "cache/usage"] { #expect(try scene.mode(file) == 0o600) }
  }

  @Test(arguments: Damage.allCases, Length.allCases)
  func `a damaged archive is taken for absent, removed, and fetched again`(
    damage: Damage, length: Length
  ) async throws {
    let bytes = length.bytes
    let scene = try CacheScene()
    let digest = try store(bytes, in: scene)
    try damage.strike(scene.archive(digest), in: scene.folder)
    #expect(try scene.cache.archive(digest, size: bytes.count) == nil)
    #expect(!scene.exists(scene.archive(digest)))

    _ = try store(bytes, in: scene)
    try damage.strike(scene.archive(digest), in: scene.folder)
    let server = TestServer { _, connection in try connection.reply(200, bytes) }
    let client = try client(at: server.address, cache: scene.cache)
    let fetched = try await fetch(bytes, client, scratch: scene.folder["s1"].string)
    #expect(fetched.content == bytes)
    #expect(server.requests.count == 1)
    let again = try await fetch(bytes, client, scratch: scene.folder["s2"].string)
    #expect(again.content == bytes)
    #expect(server.requests.count == 1)
    #expect(try scene.folder.bytes("outside/canary") == Array("sings".utf8))
  }

  @Test(arguments: [-1, 0, small.count - 1, small.count + 1, Int.max])
  func `an archive of another size than promised is taken for absent, and stays for whoever knows better`(
    size: Int
  ) throws {
    let scene = try CacheScene()
    let digest = try store(Self.small, in: scene)
    #expect(try scene.cache.archive(digest, size: size) == nil)
    #expect(try scene.cache.archive(digest, size: Self.small.count)?.content == Self.small)
  }

  @Test(arguments: Length.allCases)
  func `what was fetched once is not fetched again`(length: Length) async throws {
    let bytes = length.bytes
    let scene = try CacheScene()
    let server = TestServer { _, connection in try connection.reply(200, bytes) }
    let client = try client(at: server.address, cache: scene.cache)
    let first = try await fetch(bytes, client, scratch: scene.folder["s1"].string)
    #expect(first.content == bytes)
    if let path = first.path { try FileManager.default.removeItem(atPath: path) }
    let progress = Log<Int>()
    let second = try await client.fetch(
      SkillName(parsing: "acme/probe"), SemanticVersion(parsing: "1.0.0"), digest: Digest(of: bytes),
      size: bytes.count, scratch: scene.folder["s2"].string
    ) { progress.add($0) }
    #expect(second.content == bytes)
    #expect(progress.values == [bytes.count])
    #expect(server.requests.count == 1)
  }

  @Test func `a large archive in use outlives a cleaned cache`() async throws {
    let scene = try CacheScene()
    _ = try store(Self.large, in: scene)
    let server = TestServer { _, connection in try connection.reply(500) }
    let client = try client(at: server.address, cache: scene.cache)
    let archive = try await fetch(Self.large, client, scratch: scene.folder["s"].string)
    _ = try scene.cache.clean()
    #expect(archive.path == scene.folder["s"].string)
    #expect(archive.content == Self.large)
  }

  @Test func `bytes that were not promised are not kept`() async throws {
    let scene = try CacheScene()
    let server = TestServer { _, connection in try connection.reply(200, Array("another archive".utf8)) }
    let client = try client(at: server.address, cache: scene.cache)
    let error = await failure { try await fetch(Self.small, client, scratch: scene.folder["s"].string) }
    #expect(error?.code == .integrityError)
    #expect(try scene.files().isEmpty)
  }

  @Test(arguments: [0o600, 0o644])
  func `a file that is taken in stays, and what happens to it later does no harm`(mode: Int) throws {
    let scene = try CacheScene()
    try scene.folder.write("mine", Self.large, mode: mode)
    let digest = Digest(of: Self.large)
    scene.cache.adopt(file: scene.folder["mine"].string, as: digest)
    #expect(try scene.cache.archive(digest, size: Self.large.count)?.content == Self.large)
    #expect(try scene.mode("mine") == mode)
    #expect(try scene.mode(scene.archive(digest)) == 0o600)
    try Data([1]).write(to: URL(filePath: scene.folder["mine"].string))
    let later = try scene.cache.archive(digest, size: Self.large.count)
    #expect(later == nil || later?.content == Self.large)
  }

  @Test func `a link, a folder or nothing is not taken in`() throws {
    let scene = try CacheScene()
    try scene.folder.link("link", to: scene.folder["outside/canary"].string)
    for name in ["link", "outside", "nothing"] {
      scene.cache.adopt(file: scene.folder[name].string, as: Digest(of: Array("sings".utf8)))
    }
    #expect(try scene.files().isEmpty)
  }

  @Test func `many tasks store and read one archive at once`() async throws {
    let scene = try CacheScene()
    let (cache, digest) = (scene.cache, Digest(of: Self.large))
    let wrong = await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          var wrong = 0
          for _ in 0..<6 {
            if task.isMultiple(of: 2) { cache.store(Self.large, as: digest) }
            let found = try? cache.archive(digest, size: Self.large.count)?.content
            if let found, found != Self.large { wrong += 1 }
            if task.isMultiple(of: 2), found == nil { wrong += 1 }
          }
          return wrong
        }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
    #expect(try scene.files().count == 2)
    #expect(try cache.verify().damaged.isEmpty)
  }
}
