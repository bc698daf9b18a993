import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import Synchronization
import Testing

@testable import RegistryServer

/// How often versions were downloaded.
@Suite struct DownloadCountTests {
  /// A database that can be told to have no room.
  private final class FullDatabase: SQLDatabase {
    private let database: any SQLDatabase
    private let isFull: Mutex<Bool>

    init(_ database: any SQLDatabase) {
      self.database = database
      isFull = Mutex(false)
    }

    func set(isFull: Bool) { self.isFull.withLock { $0 = isFull } }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      try await database.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      if isFull.withLock({ $0 }) { throw StoreFailure.full }
      return try await database.write(body)
    }

    func foreignRevision() async throws -> Int64 { try await database.foreignRevision() }

    func close() throws { try database.close() }
  }

  private let whole = "/api/skills/acme/sample/versions"

  private func history(_ server: TestServer) async throws -> SkillHistory {
    try #require(try await server.store.catalog.history(of: SkillName(parsing: "acme/sample")))
  }

  /// What is saved of the skill once there is so much of it.
  private func saved(_ count: Int, _ server: TestServer) async throws -> [String: Int] {
    let history = try await history(server)
    let deadline = ContinuousClock.now + .seconds(60)
    var totals: [Int64: Int] = [:]
    while totals.values.reduce(0, +) < count, ContinuousClock.now < deadline {
      totals = try await server.store.downloads.totals(ofSkill: history.skill.id)
      await Task.yield()
    }
    return history.versions.reduce(into: [:]) { $0[$1.version.description] = totals[$1.id] }
  }

  @Test func `only what sends the whole archive is counted, and shown wherever versions are`() async throws {
    let server = try await TestServer.start()
    for version in ["1.0.0", "1.1.0", "1.2.0"] { try await server.publish("sample", version) }
    let gzip = ("Accept", "application/gzip")
    func status(_ method: HTTPMethod, _ path: String, _ others: (String, String)...) async throws -> Int {
      var headers: HTTPHeaders = [:]
      for (name, value) in [gzip] + others { headers[name] = value }
      return try await server.send(method, whole + path, headers: headers).status
    }
    let head = try await server.send(.head, "\(whole)/1.0.0/download", headers: ["Accept": "application/gzip"])
    let tag = try #require(head.headers["ETag"])
    #expect(try await status(.head, "/1.0.0/download") == 200)
    #expect(try await status(.get, "/1.0.0/download", ("If-None-Match", tag)) == 304)
    #expect(try await status(.get, "/1.0.0/download", ("Range", "bytes=0-9")) == 206)
    #expect(try await status(.get, "/1.0.0/download", ("Range", "bytes=99999999-")) == 416)
    #expect(try await status(.get, "/1.0.0/raw") == 200)
    // Those come first, so that what is saved of the next would have brought them along.
    for _ in 0..<2 { #expect(try await status(.get, "/1.1.0/download") == 200) }
    #expect(try await status(.get, "/1.1.0/download", ("Accept", "application/zip")) == 200)
    #expect(try await server.send(.get, "/api/skills/acme/sample/download").status == 200)
    #expect(try await saved(4, server) == ["1.1.0": 3, "1.2.0": 1])

    let list = try WireCoding.decode(VersionList.self, from: await server.send(.get, whole).body)
    #expect(list.versions.map(\.downloads) == [1, 3, 0])
    let one = try WireCoding.decode(VersionSummary.self, from: await server.send(.get, "\(whole)/1.1.0").body)
    #expect(one.downloads == 3)
    #expect(try await server.send(.get, "/api/skills/acme/sample").json()["installs"] as? Int == 4)
    #expect(try await server.send(.get, "/authors/acme/skills/sample").text.contains("<dt>Downloads</dt><dd>4</dd>"))
  }

  @Test func `a hit has the downloads of its skill, and the home page lists public skills by them`() async throws {
    let server = try await TestServer.start()
    for slug in ["one", "two", "three", "hidden"] { try await server.publish(slug, isPrivate: slug == "hidden") }
    func mostInstalled() async throws -> [String] {
      let lists = try await server.send(.get, "/").text.components(separatedBy: "<h2>Most installed</h2>")
      #expect(lists.count <= 2)
      let names = #/<a class="mono" href="[^"]*/skills/([^"]*)"/#
      return lists.dropFirst().joined(separator: "").matches(of: names).map { String($0.output.1) }
    }
    #expect(try await mostInstalled() == [])
    for (slug, times) in [("one", 1), ("two", 3), ("hidden", 9)] {
      let name = try SkillName(parsing: "acme/\(slug)")
      let version = try #require(try await server.store.catalog.history(of: name)?.newest)
      try await server.store.downloads.add([Downloads.Key(versionID: version.id, at: server.clock.now): times])
    }
    for query in ["", "sample"] {
      let hits = try await server.search(query, token: server.token)
      let installs: [String: Int] = hits.reduce(into: [:]) { $0[$1.slug] = $1.installs }
      #expect(installs == ["one": 1, "two": 3, "three": 0, "hidden": 9], "\(query)")
    }
    // What is counted on a page may be a minute old.
    server.clock.advance(60)
    #expect(try await mostInstalled() == ["two", "one"])
    #expect(try await server.send(.get, "/search?q=two").text.contains("3 downloads"))
    #expect(try await server.send(.delete, "/api/skills/acme/two", token: server.token).status == 200)
    #expect(try await mostInstalled() == ["one"])
  }

  @Test func `numbers are a minute old at most`() async throws {
    let server = try await TestServer.start()
    try await server.publish("sample")
    func installs() async throws -> Int? {
      try await server.send(.get, "/api/skills/acme/sample").json()["installs"] as? Int
    }
    #expect(try await installs() == 0)
    #expect(try await server.send(.get, "\(whole)/1.0.0/download").status == 200)
    #expect(try await saved(1, server) == ["1.0.0": 1])
    server.clock.advance(DownloadCounter.age + 1)
    #expect(try await installs() == 1)
  }

  @Test func `what cannot be saved is saved later, once`() async throws {
    var wrapped: FullDatabase?
    let server = try await TestServer.start { database in
      let created = FullDatabase(database)
      wrapped = created
      return created
    }
    let database = try #require(wrapped)
    try await server.publish("sample")
    let version = try #require(try await history(server).newest)
    let clock = server.clock
    let counter = DownloadCounter(server.store.downloads) { clock.now }
    for _ in 0..<3 { counter.count(version) }
    database.set(isFull: true)
    await #expect(throws: StoreFailure.full) { try await counter.save() }
    counter.count(version)
    database.set(isFull: false)
    for _ in 0..<2 { try await counter.save() }
    #expect(try await saved(4, server) == ["1.0.0": 4])
  }
}
