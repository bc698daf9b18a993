import Foundation
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct CacheIndexTests {
  private let scene: CacheScene
  private let scope: IndexScope
  private let name: SkillName

  init() throws {
    scene = try CacheScene()
    scope = IndexScope(try RegistryAddress(parsing: "https://host"))
    name = try SkillName(parsing: "acme/one")
  }

  private func store(_ name: String = "acme/one", etag: String? = "\"tag\"") throws {
    scene.cache.store(try .sample(name, [("1.0.0", "a"), ("1.1.0", "b")]), etag: etag, in: scope)
  }

  @Test func `a document comes back with its tag, whatever its age`() throws {
    try store()
    let found = try #require(scene.cache.index(of: name, in: scope))
    let written = try IndexDocument.sample("acme/one", [("1.0.0", "a"), ("1.1.0", "b")])
    #expect(try WireCoding.encode(found.document) == WireCoding.encode(written))
    #expect(found.etag == "\"tag\"")
    let file = try #require(try scene.files().first { $0.hasSuffix("/acme+one") })
    #expect(try scene.mode("cache/" + file) == 0o600)
    try scene.age("cache/" + file, seconds: 1_000_000)
    #expect(scene.cache.index(of: name, in: scope)?.etag == "\"tag\"")
  }

  @Test func `no other registry and no other token finds it`() throws {
    let address = try RegistryAddress(parsing: "https://host")
    scene.cache.store(try .sample("acme/one", [("1.0.0", "a")]), etag: nil, in: IndexScope(address, token: "ah_1"))
    #expect(scene.cache.index(of: name, in: IndexScope(address, token: "ah_1")) != nil)
    #expect(scene.cache.index(of: name, in: IndexScope(address, token: "ah_2")) == nil)
    #expect(scene.cache.index(of: name, in: IndexScope(address)) == nil)
    for other in try ["https://host/x", "http://127.0.0.1"].map({ try RegistryAddress(parsing: $0) }) {
      #expect(scene.cache.index(of: name, in: IndexScope(other, token: "ah_1")) == nil)
    }
  }

  @Test func `a token is in no name and in no file`() throws {
    let address = try RegistryAddress(parsing: "https://host")
    let scope = IndexScope(address, token: "ah_secret")
    scene.cache.store(try .sample("acme/one", [("1.0.0", "a")]), etag: nil, in: scope)
    for file in try scene.files() {
      #expect(!file.contains("secret"))
      #expect(Data(try scene.folder.bytes("cache/" + file)).range(of: Data("secret".utf8)) == nil)
    }
  }

  @Test func `any changed byte makes it absent, and it is removed`() throws {
    try store()
    let file = "cache/" + (try #require(try scene.files().first { $0.hasSuffix("/acme+one") }))
    let (good, path) = (try scene.folder.bytes(file), scene.folder[file].string)
    for position in good.indices {
      var bad = good
      bad[position] ^= 1
      #expect(FileManager.default.createFile(atPath: path, contents: Data(bad)))
      #expect(scene.cache.index(of: name, in: scope) == nil, "byte \(position)")
      #expect(!FileManager.default.fileExists(atPath: path))
    }
    for length in 0..<good.count {
      #expect(FileManager.default.createFile(atPath: path, contents: Data(good.prefix(length))))
      #expect(scene.cache.index(of: name, in: scope) == nil, "\(length) bytes")
    }
    #expect(FileManager.default.createFile(atPath: path, contents: Data(good)))
    #expect(scene.cache.index(of: name, in: scope) != nil)
  }

  @Test func `one that somebody was interrupted in reading is not taken for damaged`() async throws {
    try store()
    let interrupted = Signal()
    let task = Task { [cache = scene.cache, name, scope] in
      await interrupted.wait()
      return cache.index(of: name, in: scope) == nil
    }
    task.cancel()
    interrupted.fire()
    #expect(await task.value)
    #expect(scene.cache.index(of: name, in: scope) != nil)
  }

  @Test func `the document of one skill under the name of another is absent`() throws {
    try store("acme/two")
    let file = "cache/" + (try #require(try scene.files().first { $0.hasSuffix("/acme+two") }))
    try scene.folder.write(file.replacing("two", with: "one"), scene.folder.bytes(file))
    #expect(scene.cache.index(of: name, in: scope) == nil)
  }

  @Test(arguments: ["", "\"a\nb\"", "\"a b\"", "\"ä\"", "\"\u{0}\"", "\"" + String(repeating: "x", count: 256) + "\""])
  func `a tag that could not be sent again is not kept, the document is`(etag: String) throws {
    try store(etag: etag)
    let found = try #require(scene.cache.index(of: name, in: scope))
    #expect(found.etag == nil)
  }

  @Test func `a document larger than any registry may send is not kept`() throws {
    var document = try IndexDocument.sample("acme/one", [("1.0.0", "a")])
    document.versions[0].reason = String(repeating: "x", count: SkillCache.largestDocument)
    scene.cache.store(document, etag: nil, in: scope)
    #expect(try scene.files().isEmpty)
    document.versions[0].reason = String(repeating: "x", count: SkillCache.largestDocument - 1_000)
    scene.cache.store(document, etag: nil, in: scope)
    #expect(scene.cache.index(of: name, in: scope) != nil)
  }

  @Test func `known names are those of all registries, in order and each once`() throws {
    let other = IndexScope(try RegistryAddress(parsing: "https://other"), token: "ah_x")
    for name in ["zeta/a", "acme/two"] { try store(name) }
    for name in ["acme/two", "acme/one"] {
      scene.cache.store(try .sample(name, [("1.0.0", "a")]), etag: nil, in: other)
    }
    let folder = try #require(try scene.files().first { $0.hasSuffix("+a") }).dropLast("/zeta+a".count)
    for odd in ["README", "a+b+c", "+", "Acme+One", ".unfinished-1"] {
      try scene.folder.write("cache/\(folder)/\(odd)", "x")
    }
    #expect(scene.cache.knownNames().map(\.description) == ["acme/one", "acme/two", "zeta/a"])
  }

  @Test func `no more names are known than anybody wants to choose from`() throws {
    try store()
    let folder = try #require(try scene.files().first { $0.hasSuffix("/acme+one") }).dropLast("/acme+one".count)
    let place = scene.folder["cache/\(folder)"].string
    let made = (0...SkillCache.mostNames).count {
      FileManager.default.createFile(atPath: "\(place)/many+skill-\($0)", contents: nil)
    }
    #expect(made > SkillCache.mostNames)
    #expect(scene.cache.knownNames().count == SkillCache.mostNames)
  }
}
