import Foundation
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct IndexTests {
  private let scene: CacheScene
  private let registry: IndexRegistry
  private let names: [SkillName]

  init() throws {
    scene = try CacheScene()
    registry = try IndexRegistry(
      ["acme/one", "acme/two", "acme/three"].map { try .sample($0, [("1.0.0", "a"), ("1.1.0", "b")]) })
    names = try ["acme/one", "acme/two", "acme/three"].map { try SkillName(parsing: $0) }
  }

  private func ask(_ cache: SkillCache?, token: String? = nil) async throws -> [String: Result<Int, MeshError>] {
    let answers = try await registry.client(cache, token: token).indexes(of: names)
    return Dictionary(uniqueKeysWithValues: answers.map { ($0.description, $1.map(\.versions.count)) })
  }

  private func good(_ answers: [String: Result<Int, MeshError>]) -> [String: Int] {
    answers.compactMapValues { try? $0.get() }
  }

  private func reason(_ answer: Result<Int, MeshError>?) -> MeshError? {
    if case .failure(let error) = answer { error } else { nil }
  }

  /// The tags that the last batch was asked with.
  private func lastTags() throws -> [String: String?] {
    let request = try #require(registry.server.requests.last)
    let entries = try WireCoding.decode(IndexBatchRequest.self, from: request.body).skills
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.etag) })
  }

  @Test func `many skills are one question, and the second time a conditional one`() async throws {
    let everything = ["acme/one": 2, "acme/two": 2, "acme/three": 2]
    #expect(good(try await ask(scene.cache)) == everything)
    #expect(try lastTags().values.allSatisfy { $0 == nil })
    try registry.change {
      $0.documents["acme/two"] = try .sample("acme/two", [("1.0.0", "a"), ("1.1.0", "b"), ("2.0.0", "c")])
    }
    let tags = try registry.contents.withLock { try $0.documents.mapValues(IndexRegistry.tag) }
    let second = try await ask(scene.cache)
    #expect(good(second) == ["acme/one": 2, "acme/two": 3, "acme/three": 2])
    let sent = try lastTags()
    #expect(sent["acme/one"] == tags["acme/one"])
    #expect(sent["acme/two"] != tags["acme/two"])
    _ = try await ask(scene.cache)
    #expect(try lastTags() == tags.mapValues { $0 })
    #expect(registry.targets == Array(repeating: "POST /api/index", count: 3))
  }

  @Test func `a skill whose author was renamed stays known by the name that is asked for`() async throws {
    try registry.change {
      $0.documents["acme/one"] = nil
      $0.documents["anna/one"] = try .sample("anna/one", [("1.0.0", "a"), ("1.1.0", "b"), ("1.2.0", "c")])
      $0.moves = ["acme/one": "anna/one"]
    }
    for _ in 0..<2 {
      #expect(good(try await ask(scene.cache)) == ["acme/one": 3, "acme/two": 2, "acme/three": 2])
    }
    let asked = ["POST /api/index", "GET /index/acme/one", "GET /index/anna/one"]
    #expect(registry.targets == asked + asked)
    let offline = try registry.client(scene.cache, isOffline: true)
    #expect(try await offline.index(of: names[0]).name == "acme/one")
    for client in [offline, try registry.client(scene.cache), try registry.client(nil)] {
      #expect(try await client.index(of: names[0]).presentName == "anna/one")
    }
  }

  @Test func `a name that a registry only tells, and does not lead to, is none`() async throws {
    registry.change { $0.documents["acme/one"]?.presentName = "evil/one" }
    for cache in [scene.cache, nil] {
      let client = try registry.client(cache)
      #expect(try await client.index(of: names[0]).presentName == nil)
      #expect(try await client.indexes(of: names)[names[0]]?.get().presentName == nil)
    }
  }

  @Test(arguments: ["anna/other", "acme/two"])
  func `a former name leads to the same skill of another author and to nothing else`(target: String) async throws {
    try registry.change {
      $0.documents["acme/one"] = nil
      $0.documents["anna/other"] = try .sample("anna/other", [("1.0.0", "a")])
      $0.moves = ["acme/one": target]
    }
    #expect(reason(try await ask(scene.cache)["acme/one"])?.code == .integrityError)
  }

  @Test func `without a cache every question is unconditional`() async throws {
    for _ in 0..<2 {
      #expect(good(try await ask(nil)).count == 3)
      #expect(try lastTags().values.allSatisfy { $0 == nil })
    }
  }

  @Test func `a document that is damaged in the cache is asked for without a tag`() async throws {
    _ = try await ask(scene.cache)
    let file = try #require(try scene.files().first { $0.hasSuffix("/acme+two") })
    try Damage.flippedMiddleBit.strike("cache/" + file, in: scene.folder)
    #expect(good(try await ask(scene.cache)).count == 3)
    #expect(try lastTags().filter { $0.value == nil }.keys.sorted() == ["acme/two"])
  }

  @Test(arguments: [404, 405, 501])
  func `a folder of static files is asked for each, conditionally the second time`(status: Int) async throws {
    registry.change { $0.batchStatus = status }
    for round in 0..<2 {
      #expect(good(try await ask(scene.cache)).count == 3)
      let asked = registry.server.requests.suffix(3)
      #expect(asked.map(\.target).sorted() == ["/index/acme/one", "/index/acme/three", "/index/acme/two"])
      #expect(asked.allSatisfy { ($0.headers["If-None-Match"] != nil) == (round == 1) })
    }
    registry.change { $0.documents["acme/two"] = nil }
    let third = try await ask(scene.cache)
    #expect(good(third).keys.sorted() == ["acme/one", "acme/three"])
    #expect(reason(third["acme/two"])?.code == .notFound)
  }

  @Test func `static files without tags are read whole each time`() async throws {
    registry.change { ($0.batchStatus, $0.hasTags) = (404, false) }
    for _ in 0..<2 {
      #expect(good(try await ask(scene.cache)).count == 3)
      #expect(registry.server.requests.suffix(3).allSatisfy { $0.headers["If-None-Match"] == nil })
    }
  }

  @Test func `at most eight questions by name are under way at once`() async throws {
    let many = try (0..<40).map { try IndexDocument.sample("acme/skill-\($0)", [("1.0.0", "a")]) }
    let registry = try IndexRegistry(many)
    registry.change { $0.batchStatus = 404 }
    let names = try many.map { try SkillName(parsing: $0.name) }
    let answers = try await registry.client(nil).indexes(of: names)
    #expect(answers.values.allSatisfy { (try? $0.get()) != nil })
    #expect(answers.count == 40)
    #expect(registry.crowd.withLock { $0.most } <= 8)
    #expect(registry.server.accepted <= 9)
  }

  @Test(arguments: [0, 2, 500, 501, 1_001])
  func `any number of names is asked for in groups, each name once`(count: Int) async throws {
    let registry = try IndexRegistry([])
    let names = try (0..<count).map { try SkillName(parsing: "acme/skill-\($0)") }
    let answers = try await registry.client(nil).indexes(of: names + names)
    #expect(answers.count == count)
    // One that is left over is asked for at its own address.
    #expect(registry.server.requests.filter { $0.method == "POST" }.count == (count + 498) / 500)
    #expect(registry.server.requests.count == (count + 499) / 500)
  }

  /// Skills with an index of so many bytes and a few more.
  private func large(_ count: Int, bytes: Int) throws -> [IndexDocument] {
    try (0..<count).map { index in
      var document = try IndexDocument.sample("acme/large-\(index)", [("1.0.0", "a")])
      document.versions[0].reason = String(repeating: "x", count: bytes)
      return document
    }
  }

  @Test func `what is too large for one response is asked for in parts`() async throws {
    let many = try large(12, bytes: SkillCache.largestDocument / 5)
    let registry = try IndexRegistry(many)
    let answers = try await registry.client(nil).indexes(of: many.map { try SkillName(parsing: $0.name) })
    #expect(answers.count == 12)
    #expect(answers.values.allSatisfy { (try? $0.get()) != nil })
    // Of all, of six, and of three each.
    #expect(registry.targets == Array(repeating: "POST /api/index", count: 6))
  }

  @Test func `a document that is too large is refused, and the others are had`() async throws {
    let registry = try IndexRegistry(
      large(1, bytes: SkillCache.largestDocument) + [IndexDocument.sample("acme/one", [("1.0.0", "a")])])
    let answers = try await registry.client(scene.cache).indexes(of: [names[0], SkillName(parsing: "acme/large-0")])
    #expect(answers.count == 2)
    #expect(try answers[names[0]]?.get().versions.count == 1)
    #expect(scene.cache.knownNames() == [names[0]])
  }

  @Test func `one skill is asked for at its own address`() async throws {
    let client = try registry.client(scene.cache)
    for _ in 0..<2 { #expect(try await client.index(of: names[0]).versions.count == 2) }
    #expect(registry.targets == ["GET /index/acme/one", "GET /index/acme/one"])
    let tags = registry.server.requests.map { $0.headers["If-None-Match"] }
    #expect(try tags == [nil, IndexRegistry.tag(.sample("acme/one", [("1.0.0", "a"), ("1.1.0", "b")]))])
  }

  @Test(arguments: [nil, 404])
  func `a skill that there is not is named with the registry, and the others are had`(status: Int?) async throws {
    registry.change { ($0.batchStatus, $0.documents["acme/two"]) = (status, nil) }
    let answers = try await ask(scene.cache)
    #expect(good(answers).keys.sorted() == ["acme/one", "acme/three"])
    let error = try #require(reason(answers["acme/two"]))
    #expect(error.code == .notFound)
    #expect(error.message.contains("acme/two"))
    #expect(error.message.contains(registry.server.address))
  }

  @Test(arguments: [nil, 404])
  func `a document of another skill is an error of integrity, and is not kept`(status: Int?) async throws {
    try registry.change {
      ($0.batchStatus, $0.documents["acme/two"]) = (
        status, try .sample("evil/\u{1B}other".replacing("\u{1B}", with: ""), [("1.0.0", "a")])
      )
    }
    let answers = try await ask(scene.cache)
    #expect(good(answers).keys.sorted() == ["acme/one", "acme/three"])
    #expect(reason(answers["acme/two"])?.code == .integrityError)
    #expect(scene.cache.knownNames().map(\.description) == ["acme/one", "acme/three"])
  }

  enum Twist: CaseIterable {
    case otherName, swapped, missingLast, strangeTagWithoutDocument, empty

    var apply: @Sendable (inout [IndexBatchResponse.Entry]) -> Void {
      switch self {
      case .otherName: { $0[2].name = "evil/\u{1B}[2J" }
      case .swapped: { $0.swapAt(1, 2) }
      case .missingLast: { $0.removeLast() }
      case .strangeTagWithoutDocument: { ($0[2].etag, $0[2].document) = ("\"other\"", nil) }
      case .empty: { $0 = [] }
      }
    }
  }

  @Test(arguments: Twist.allCases, [true, false])
  func `an answer that does not fit the question is an error for the names that it concerns`(
    twist: Twist, isWarm: Bool
  ) async throws {
    if isWarm { _ = try await ask(scene.cache) }
    registry.change { $0.twist = twist.apply }
    let answers = try await ask(scene.cache)
    #expect(answers.count == 3)
    // Asked for in order: one, three, two.
    let error = try #require(reason(answers["acme/two"]))
    #expect([.integrityError, .networkError].contains(error.code))
    #expect(!error.message.contains("\u{1B}"))
    let lost = twist == .empty ? 3 : twist == .swapped ? 2 : 1
    #expect(good(answers).count == 3 - lost)
  }

  @Test(arguments: [nil, 404])
  func `a registry that takes a version back is not believed`(status: Int?) async throws {
    registry.change { $0.batchStatus = status }
    _ = try await ask(scene.cache)
    try registry.change { $0.documents["acme/two"] = try .sample("acme/two", [("1.0.0", "a")]) }
    for _ in 0..<2 {
      let answers = try await ask(scene.cache)
      let error = try #require(reason(answers["acme/two"]))
      #expect(error.code == .integrityError)
      #expect(error.message.contains("acme/two@1.1.0"))
      #expect(good(answers).keys.sorted() == ["acme/one", "acme/three"])
    }
    let kept = scene.cache.index(of: names[1], in: IndexScope(try RegistryAddress(parsing: registry.server.address)))
    #expect(kept?.document.versions.map(\.version) == ["1.0.0", "1.1.0"])
    _ = try scene.cache.clean()
    #expect(good(try await ask(scene.cache)) == ["acme/one": 2, "acme/two": 1, "acme/three": 2])
  }

  @Test(arguments: [nil, 404], [false, true])
  func `a registry that gives a version other bytes is not believed`(status: Int?, isAddedTwice: Bool) async throws {
    registry.change { $0.batchStatus = status }
    _ = try await ask(scene.cache)
    try registry.change {
      let versions =
        isAddedTwice ? [("1.0.0", "a"), ("1.0.0", "evil"), ("1.1.0", "b")] : [("1.0.0", "evil"), ("1.1.0", "b")]
      $0.documents["acme/two"] = try .sample("acme/two", versions)
    }
    let error = try #require(reason(try await ask(scene.cache)["acme/two"]))
    #expect(error.code == .integrityError)
    #expect(error.message.contains("acme/two@1.0.0"))
    #expect(error.message.contains(Digest(of: Array("a".utf8)).description))
    let kept = scene.cache.index(of: names[1], in: IndexScope(try RegistryAddress(parsing: registry.server.address)))
    #expect(kept?.document.versions.first?.digest == Digest(of: Array("a".utf8)))
  }

  @Test(arguments: [VersionStatus.withdrawn, .yanked, .quarantined])
  func `a version whose status changes stays believed`(status: VersionStatus) async throws {
    _ = try await ask(scene.cache)
    registry.change { $0.documents["acme/two"]?.versions[0].status = status }
    let answers = try await registry.client(scene.cache).indexes(of: names)
    #expect(try answers[names[1]]?.get().versions.map(\.status) == [status, .published])
  }

  @Test func `what one token was shown is not there for another`() async throws {
    _ = try await ask(scene.cache, token: "ah_1")
    for token in ["ah_2", nil] {
      _ = try await ask(scene.cache, token: token)
      #expect(try lastTags().values.allSatisfy { $0 == nil })
    }
    let offline = try await registry.client(scene.cache, token: "ah_3", isOffline: true).indexes(of: names)
    #expect(offline.values.allSatisfy { (try? $0.get()) == nil })
  }

  @Test func `a question for many that is not answered is asked again`() async throws {
    registry.change { $0.batchStatus = 503 }
    let error = await failure { try await ask(scene.cache) }
    #expect(error?.code == .unavailable)
    #expect(registry.targets == Array(repeating: "POST /api/index", count: 3))
  }

  @Test func `a copy that is still good counts as seen now`() async throws {
    _ = try await ask(scene.cache)
    for file in try scene.files() { try scene.age("cache/" + file, seconds: 100_000) }
    _ = try await ask(scene.cache)
    let documents = try scene.files().filter { $0.hasPrefix("index/") }
    #expect(!documents.isEmpty)
    for file in documents { #expect(try scene.age(of: "cache/" + file) < 60) }
  }
}
