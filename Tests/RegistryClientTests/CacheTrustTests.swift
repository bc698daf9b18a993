import Foundation
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

/// Caches that cannot be used, or in which somebody has set a trap.
@Suite struct CacheTrustTests {
  private static let bytes = Array("an archive".utf8)
  private static let digest = Digest(of: bytes)

  enum Obstacle: CaseIterable {
    case fileInPlaceOfFolder, fileAbove, fileInPlaceOfArchives, folderInPlaceOfArchive, linkInPlaceOfArchives
    case linkInPlaceOfPrefix, linkInPlaceOfArchive, linkInPlaceOfUsage, linkInPlaceOfIndex, pipeInPlaceOfUsage

    func stand(in scene: CacheScene) throws {
      let prefix = "cache/archives/" + CacheTrustTests.digest.hexadecimal.prefix(2)
      let (archive, outside) = (scene.archive(CacheTrustTests.digest), scene.folder["outside"].string)
      if self != .fileInPlaceOfFolder && self != .fileAbove { try scene.folder.folder("cache") }
      switch self {
      case .fileInPlaceOfFolder: try scene.folder.write("cache", "x")
      case .fileAbove: try scene.folder.link("cache", to: outside + "/canary/below")
      case .fileInPlaceOfArchives: try scene.folder.write("cache/archives", "x")
      case .folderInPlaceOfArchive: try scene.folder.write(archive + "/x", "x")
      case .linkInPlaceOfArchives: try scene.folder.link("cache/archives", to: outside)
      case .linkInPlaceOfPrefix: try scene.folder.link(prefix, to: outside)
      case .linkInPlaceOfArchive: try scene.folder.link(archive, to: outside + "/canary")
      case .linkInPlaceOfUsage: try scene.folder.link("cache/usage", to: outside + "/canary")
      case .linkInPlaceOfIndex: try scene.folder.link("cache/index", to: outside)
      case .pipeInPlaceOfUsage: #expect(mkfifo(scene.folder["cache/usage"].string, 0o600) == 0)
      }
    }
  }

  @Test(arguments: Obstacle.allCases)
  func `whatever stands in the way, an install gets its archive and nothing outside changes`(
    obstacle: Obstacle
  ) async throws {
    let scene = try CacheScene()
    try obstacle.stand(in: scene)
    let before = try treeHash(of: scene.folder["outside"])
    let server = TestServer { _, connection in try connection.reply(200, Self.bytes) }
    let client = try client(at: server.address, cache: scene.cache)
    for _ in 0..<2 {
      let archive = try await client.fetch(
        SkillName(parsing: "acme/probe"), SemanticVersion(parsing: "1.0.0"), digest: Self.digest,
        size: Self.bytes.count, scratch: scene.folder["s"].string)
      #expect(archive.content == Self.bytes)
    }
    let scope = IndexScope(try RegistryAddress(parsing: "https://host"))
    scene.cache.store(try .sample("acme/one", [("1.0.0", "x")]), etag: nil, in: scope)
    _ = scene.cache.knownNames()
    scene.cache.trim()
    _ = try? scene.cache.verify()
    _ = try? scene.cache.clean()
    #expect(try treeHash(of: scene.folder["outside"]) == before)
  }

  @Test(arguments: [0o702, 0o720, 0o722, 0o777, 0o1777])
  func `a cache that others may write to is not used, and whoever looks after it is told`(mode: Int) async throws {
    let scene = try CacheScene()
    scene.cache.store(Self.bytes, as: Self.digest)
    let scope = IndexScope(try RegistryAddress(parsing: "https://host"))
    let name = try SkillName(parsing: "acme/one")
    scene.cache.store(try .sample("acme/one", [("1.0.0", "x")]), etag: nil, in: scope)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: scene.folder["cache"].string)
    let before = try treeHash(of: scene.folder["cache"])
    #expect(try scene.cache.archive(Self.digest, size: Self.bytes.count) == nil)
    #expect(scene.cache.index(of: name, in: scope) == nil)
    #expect(scene.cache.knownNames().isEmpty)
    scene.cache.store([1, 2, 3], as: Digest(of: [1, 2, 3]))
    scene.cache.trim()
    try expectRefusal(of: scene.cache, naming: scene.folder["cache"].string)
    #expect(try treeHash(of: scene.folder["cache"]) == before)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a folder away"))
  func `a cache of somebody else is not used`() throws {
    let scene = try CacheScene()
    scene.cache.store(Self.bytes, as: Self.digest)
    #expect(chown(scene.folder["cache"].string, 65_534, 65_534) == 0)
    #expect(try scene.cache.archive(Self.digest, size: Self.bytes.count) == nil)
    scene.cache.store([1], as: Digest(of: [1]))
    try expectRefusal(of: scene.cache, naming: scene.folder["cache"].string)
    #expect(!scene.exists(scene.archive(Digest(of: [1]))))
  }

  @Test func `a cache that is a file is told to whoever looks after it`() throws {
    let scene = try CacheScene()
    try scene.folder.write("cache", "x")
    try expectRefusal(of: scene.cache, naming: scene.folder["cache"].string)
    #expect(try scene.folder.bytes("cache") == Array("x".utf8))
  }

  private func expectRefusal(of cache: SkillCache, naming folder: String) throws {
    let looks: [() throws -> Void] = [
      { _ = try cache.info() }, { _ = try cache.verify() }, { _ = try cache.clean() },
    ]
    for look in looks {
      let error = #expect(throws: MeshError.self) { try look() }
      #expect(error?.code == .fileError)
      #expect(error?.message.contains(folder) == true)
      #expect(error?.hint?.contains("AGENT_MESH_CACHE") == true)
    }
  }
}
