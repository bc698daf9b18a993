import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct QuarantineDecisionTests {
  private func store(_ folder: TemporaryFolder) async throws -> RegistryStore {
    let store = try RegistryStore(folder: folder.path.appending("data"))
    let author = try AuthorName(parsing: "acme")
    try await store.accounts.createAuthor(author, at: Date())
    let token = try #require(try await store.accounts.createToken(for: author, at: Date(), expiringAt: nil))
    let identity = try #require(try await store.accounts.identity(presenting: token, at: Date()))
    for version in ["1.0.0", "1.1.0", "2.0.0-rc.1"] {
      _ = try await store.catalog.publish(new(version), by: identity, at: Date())
    }
    return store
  }

  private func new(_ version: String) throws -> NewVersion {
    let bytes = Array(version.utf8)
    let entry = FileManifest.Entry(
      path: .skillMarkdown, size: bytes.count, digest: Digest(of: bytes), isExecutable: false)
    return NewVersion(
      name: try SkillName(parsing: "acme/sample"), version: try SemanticVersion(parsing: version), isPrivate: nil,
      description: "d", dependencies: [], archiveDigest: Digest(of: bytes), archiveSize: 1,
      manifest: FileManifest([entry]))
  }

  @Test func `a decision and its release are each made once, and the first time stays`() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await store(folder).catalog
    let name = try SkillName(parsing: "acme/sample")
    let one = try Reason(parsing: "one")
    let scope = QuarantineScope.version(try SemanticVersion(parsing: "1.1.0+build"))
    func decision() async throws -> QuarantineDecision? { try await catalog.history(of: name)?.versions[1].quarantine }
    #expect(try await catalog.quarantine(name, scope, reason: one, at: Date(timeIntervalSince1970: 10)))
    #expect(try await !catalog.quarantine(name, scope, reason: one, at: Date(timeIntervalSince1970: 20)))
    let two = try Reason(parsing: "two")
    #expect(try await catalog.quarantine(name, scope, reason: two, at: Date(timeIntervalSince1970: 30)))
    #expect(try await decision()?.since == Date(timeIntervalSince1970: 10))
    #expect(try await decision()?.reason == "two")
    #expect(try await catalog.release(name, scope, at: Date()))
    #expect(try await !catalog.release(name, scope, at: Date()))
    #expect(try await decision() == nil)
  }

  @Test func `releasing the skill releases every version, and one alone cannot be while the skill is not`() async throws
  {
    let folder = try TemporaryFolder()
    let catalog = try await store(folder).catalog
    let name = try SkillName(parsing: "acme/sample")
    let reason = try Reason(parsing: "harmful")
    let scope = QuarantineScope.version(try SemanticVersion(parsing: "1.0.0"))
    func served() async throws -> [Bool]? { try await catalog.history(of: name)?.versions.map(\.isServed) }
    func newest() async throws -> String? { try await catalog.history(of: name)?.newest?.version.description }
    #expect(try await catalog.quarantine(name, scope, reason: reason, at: Date()))
    #expect(try await served() == [false, true, true])
    #expect(try await catalog.quarantine(name, .skill, reason: reason, at: Date()))
    #expect(try await served() == [false, false, false])
    #expect(try await newest() == nil)
    await #expect(throws: QuarantineRefusal.wholeSkill) { try await catalog.release(name, scope, at: Date()) }
    #expect(try await catalog.release(name, .skill, at: Date()))
    #expect(try await served() == [true, true, true])
    #expect(try await newest() == "1.1.0")
  }

  @Test func `what does not exist cannot be put into quarantine`() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await store(folder).catalog
    let reason = try Reason(parsing: "harmful")
    await #expect(throws: QuarantineRefusal.unknownSkill) {
      try await catalog.quarantine(SkillName(parsing: "acme/none"), .skill, reason: reason, at: Date())
    }
    await #expect(throws: QuarantineRefusal.unknownVersion) {
      try await catalog.quarantine(
        SkillName(parsing: "acme/sample"), .version(SemanticVersion(parsing: "9.0.0")), reason: reason, at: Date())
    }
  }

  @Test func `only what others write changes the revision`() async throws {
    let folder = try TemporaryFolder()
    let store = try await store(folder)
    let other = try RegistryStore(folder: folder.path.appending("data"))
    let name = try SkillName(parsing: "acme/sample")
    let token = try #require(try await other.accounts.createToken(for: name.author, at: Date(), expiringAt: nil))
    let owner = try #require(try await other.accounts.identity(presenting: token, at: Date()))
    let before = try await store.foreignRevision()
    #expect(
      try await store.catalog.withdraw(
        name, version: SemanticVersion(parsing: "1.0.0"), by: owner, at: Date()) == 1)
    #expect(try await store.foreignRevision() == before)
    #expect(try await other.catalog.history(of: name) != nil)
    #expect(try await store.foreignRevision() == before)
    #expect(try await other.catalog.withdraw(name, version: nil, by: owner, at: Date()) == 2)
    #expect(try await store.foreignRevision() != before)
  }
}
