import Foundation
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct CacheUpkeepTests {
  /// A thousand bytes of their own.
  private func bytes(_ seed: UInt8) -> [UInt8] { [UInt8](repeating: seed, count: 1_000) }

  /// Stores archives whose last uses lie apart, the first the longest ago.
  private func fill(_ scene: CacheScene, _ seeds: ClosedRange<UInt8>) throws -> [Digest] {
    try seeds.map { seed in
      let digest = Digest(of: bytes(seed))
      scene.cache.store(bytes(seed), as: digest)
      try scene.age(scene.archive(digest), seconds: 10_000 - Double(seed))
      return digest
    }
  }

  private func kept(_ digests: [Digest], in scene: CacheScene) -> [Int] {
    digests.indices.filter { scene.exists(scene.archive(digests[$0])) }
  }

  @Test func `says what there is`() throws {
    let scene = try CacheScene(limit: 123_456)
    _ = try fill(scene, 1...3)
    let scope = IndexScope(try RegistryAddress(parsing: "https://host"))
    scene.cache.store(try .sample("acme/one", [("1.0.0", "x")]), etag: nil, in: scope)
    let info = try scene.cache.info()
    #expect(info.folder == scene.folder["cache"].string)
    #expect(info.archives == 3)
    #expect(info.archiveBytes == 3_000)
    #expect(info.indexDocuments == 1)
    #expect(info.indexBytes > 100)
    #expect(info.limit == 123_456)
    #expect(info.foreign.isEmpty)
  }

  @Test func `cleaning removes what is ours, and neither a foreign file nor what a link leads to`() throws {
    let scene = try CacheScene()
    let digests = try fill(scene, 1...2)
    let scope = IndexScope(try RegistryAddress(parsing: "https://host"))
    scene.cache.store(try .sample("acme/one", [("1.0.0", "x")]), etag: nil, in: scope)
    let prefix = "archives/" + digests[0].hexadecimal.prefix(2)
    let odd = ["note.txt", "archives/README", "\(prefix)/\(String(repeating: "0", count: 63))g", "own/index/ab/x"]
    for name in odd { try scene.folder.write("cache/" + name, "mine") }
    try scene.folder.link("cache/index/\(String(repeating: "0", count: 32))", to: scene.folder["outside"].string)
    try scene.folder.write("cache/.unfinished-1", "half")
    let cleaned = try scene.cache.clean()
    #expect(cleaned.archives == 2)
    #expect(cleaned.indexDocuments == 1)
    let link = "index/\(String(repeating: "0", count: 32))"
    #expect(cleaned.foreign == ["archives/README", "own", "note.txt", odd[2], link].sorted())
    #expect(try scene.files() == (odd + [link]).sorted())
    #expect(try scene.folder.bytes("outside/canary") == Array("sings".utf8))
    #expect(try scene.cache.info().archives == 0)
  }

  @Test func `a clean cache that nobody else uses is an empty folder`() throws {
    let scene = try CacheScene()
    _ = try fill(scene, 1...4)
    _ = try scene.cache.clean()
    #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder["cache"].string).isEmpty)
  }

  @Test(arguments: Damage.allCases)
  func `looking at every file finds and removes the damaged ones`(damage: Damage) throws {
    let scene = try CacheScene()
    let digests = try fill(scene, 1...4)
    let scope = IndexScope(try RegistryAddress(parsing: "https://host"))
    for name in ["acme/one", "acme/two"] {
      scene.cache.store(try .sample(name, [("1.0.0", "x")]), etag: nil, in: scope)
    }
    try scene.folder.write("cache/note.txt", "mine")
    let index = try #require(try scene.files().first { $0.hasSuffix("/acme+two") })
    let archive = scene.archive(digests[2]).replacing("cache/", with: "")
    for name in [index, archive] { try damage.strike("cache/" + name, in: scene.folder) }
    let report = try scene.cache.verify()
    #expect(report.damaged == [archive, index].sorted())
    #expect(report.archives == 3)
    #expect(report.indexDocuments == 1)
    #expect(report.foreign == ["note.txt"])
    #expect(try scene.cache.verify().damaged.isEmpty)
    #expect(try scene.folder.bytes("outside/canary") == Array("sings".utf8))
  }

  @Test func `an archive under the name of another is damaged`() throws {
    let scene = try CacheScene()
    let digests = try fill(scene, 1...2)
    try scene.folder.write(scene.archive(digests[0]), bytes(2))
    #expect(try scene.cache.verify().damaged == [scene.archive(digests[0]).replacing("cache/", with: "")])
  }

  @Test func `what was used least recently goes first, and reading is using`() throws {
    let scene = try CacheScene()
    let digests = try fill(scene, 1...8)
    _ = try scene.cache.archive(digests[0], size: 1_000)
    SkillCache(folder: scene.cache.folder, limit: 8_000).trim()
    #expect(kept(digests, in: scene) == Array(0...7))
    SkillCache(folder: scene.cache.folder, limit: 5_800).trim()
    #expect(kept(digests, in: scene) == [0, 4, 5, 6, 7])
    SkillCache(folder: scene.cache.folder, limit: 1_999).trim()
    #expect(kept(digests, in: scene) == [0])
  }

  @Test func `index documents go when no archive is left, the oldest first`() throws {
    let scene = try CacheScene()
    let digests = try fill(scene, 1...2)
    let scope = IndexScope(try RegistryAddress(parsing: "https://host"))
    for (offset, name) in ["acme/a", "acme/b", "acme/c"].enumerated() {
      scene.cache.store(try .sample(name, [("1.0.0", "x")]), etag: nil, in: scope)
      let file = try #require(try scene.files().first { $0.hasSuffix(name.replacing("/", with: "+")) })
      try scene.age("cache/" + file, seconds: [500, 900, 100][offset])
    }
    let bytes = try scene.cache.info().indexBytes
    SkillCache(folder: scene.cache.folder, limit: bytes * 9 / 10).trim()
    #expect(kept(digests, in: scene).isEmpty)
    #expect(scene.cache.knownNames().map(\.description) == ["acme/a", "acme/c"])
  }

  @Test func `storing keeps the cache below its limit by itself`() throws {
    let scene = try CacheScene(limit: 300_000)
    for seed in 0..<100 {
      let content = Array("\(seed)".utf8) + [UInt8](repeating: 1, count: 20_000)
      scene.cache.store(content, as: Digest(of: content))
      let info = try scene.cache.info()
      #expect(info.archiveBytes <= 300_000)
      #expect(seed < 20 || info.archiveBytes > 100_000)
    }
  }

  @Test func `an archive larger than the whole cache is not kept`() throws {
    let scene = try CacheScene(limit: 999)
    scene.cache.store(bytes(1), as: Digest(of: bytes(1)))
    let file = try scene.folder.write("mine", bytes(2), mode: 0o600)
    scene.cache.adopt(file: file.string, as: Digest(of: bytes(2)))
    #expect(try scene.files().isEmpty)
  }

  @Test func `what killed processes have left is swept after an hour`() throws {
    let scene = try CacheScene()
    let digests = try fill(scene, 1...1)
    let prefix = scene.archive(digests[0]).dropLast(65)
    let names = ["\(prefix)/.unfinished-old", "cache/.unfinished-old", "\(prefix)/.unfinished-new"]
    for name in names { try scene.folder.write(name, "half") }
    for name in names.dropLast() { try scene.age(name, seconds: 3_700) }
    try scene.age(names[2], seconds: 3_000)
    scene.cache.trim()
    #expect(names.map(scene.exists) == [false, false, true])
    #expect(kept(digests, in: scene) == [0])
  }

  @Test(arguments: [
    (["AGENT_MESH_CACHE": "/c", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/c"),
    (["AGENT_MESH_CACHE": "", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/agent-mesh"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/h"], nil), (["XDG_CACHE_HOME": "", "HOME": "/h"], nil),
    (["HOME": "/h"], nil),
  ])
  func `the cache is where the environment says`(environment: [String: String], folder: String?) {
    #if os(macOS)
      let usual = "/h/Library/Caches/agent-mesh"
    #else
      let usual = "/h/.cache/agent-mesh"
    #endif
    #expect(SkillCache.standardFolder(environment: environment) == folder ?? usual)
  }
}
