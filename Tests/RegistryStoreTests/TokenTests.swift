import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct TokenTests {
  private let folder: TemporaryFolder
  private let store: RegistryStore
  private let start = Date(timeIntervalSince1970: 1_000_000)

  init() throws {
    folder = try TemporaryFolder()
    store = try RegistryStore(folder: folder.path.appending("data"))
  }

  private func token(_ author: AuthorName) async throws -> AccessToken {
    try #require(try await store.accounts.createToken(for: author, at: start, expiringAt: nil))
  }

  @Test func `an author's tokens are listed with their last use, to the hour`() async throws {
    let acme = try AuthorName(parsing: "acme")
    try await store.accounts.createAuthor(acme, at: start)
    let used = try await token(acme)
    _ = try await token(acme)
    func lastUses() async throws -> [Date?]? { try await store.accounts.tokens(of: acme)?.map(\.lastUsedAt) }
    #expect(try await lastUses() == [nil, nil])
    for (seconds, noted) in [(0.0, 0.0), (3_000, 0), (3_600, 3_600), (7_000, 3_600)] {
      _ = try await store.accounts.identity(presenting: used, at: start.addingTimeInterval(seconds))
      #expect(try await lastUses() == [start.addingTimeInterval(noted), nil])
    }
    #expect(try await store.accounts.tokens(of: AuthorName(parsing: "nobody")) == nil)
  }

  @Test func `tokens are ended by their number or all at once, and only those of their author`() async throws {
    let acme = try AuthorName(parsing: "acme")
    let rival = try AuthorName(parsing: "rival")
    for author in [acme, rival] { try await store.accounts.createAuthor(author, at: start) }
    let tokens = [try await token(acme), try await token(acme), try await token(rival)]
    let ids = try #require(try await store.accounts.tokens(of: acme)).map(\.id)
    #expect(try await store.accounts.revokeTokens(ids[0], of: rival, at: start) == 0)
    #expect(try await store.accounts.revokeTokens(ids[0], of: acme, at: start) == 1)
    #expect(try await store.accounts.revokeTokens(ids[0], of: acme, at: start) == 0)
    #expect(try await store.accounts.identity(presenting: tokens[0], at: start) == nil)
    #expect(try await store.accounts.identity(presenting: tokens[1], at: start) != nil)
    #expect(try await store.accounts.revokeTokens(nil, of: acme, at: start) == 1)
    #expect(try await store.accounts.identity(presenting: tokens[1], at: start) == nil)
    #expect(try await store.accounts.identity(presenting: tokens[2], at: start) != nil)
    #expect(try await store.accounts.revokeTokens(nil, of: AuthorName(parsing: "nobody"), at: start) == nil)
  }

  @Test(arguments: [true, false])
  func `a token that ends while its holder is at work changes nothing more`(isRevoked: Bool) async throws {
    let name = try SkillName(parsing: "acme/sample")
    try await store.accounts.createAuthor(name.author, at: start)
    let end = start.addingTimeInterval(60)
    let token = try #require(
      try await store.accounts.createToken(for: name.author, at: start, expiringAt: isRevoked ? nil : end))
    let holder = try #require(try await store.accounts.identity(presenting: token, at: start))
    let catalog = store.catalog
    let (first, second) = try (version("1.0.0", of: name), version("2.0.0", of: name))
    _ = try await catalog.publish(first, by: holder, at: start)
    _ = try await catalog.publish(second, by: holder, at: start)
    #expect(try await catalog.yank(name, version: first.version, reason: nil, by: holder, at: start))
    if isRevoked { #expect(try await store.accounts.revoke(token, at: start)) }

    let third = try version("3.0.0", of: name)
    await #expect(throws: Accounts.TokenRefusal()) { _ = try await catalog.publish(third, by: holder, at: end) }
    await #expect(throws: Accounts.TokenRefusal()) {
      _ = try await catalog.withdraw(name, version: nil, by: holder, at: end)
    }
    await #expect(throws: Accounts.TokenRefusal()) {
      _ = try await catalog.yank(name, version: second.version, reason: nil, by: holder, at: end)
    }
    await #expect(throws: Accounts.TokenRefusal()) {
      _ = try await catalog.unyank(name, version: first.version, by: holder, at: end)
    }
    let versions = try #require(try await catalog.history(of: name)).versions
    #expect(versions.map { $0.yank != nil } == [true, false])
    #expect(versions.map { $0.withdrawnAt == nil } == [true, true])
  }

  private func version(_ text: String, of name: SkillName) throws -> NewVersion {
    let digest = Digest(of: Array(text.utf8))
    let entry = FileManifest.Entry(path: .skillMarkdown, size: 1, digest: digest, isExecutable: false)
    return NewVersion(
      name: name, version: try SemanticVersion(parsing: text), isPrivate: nil, description: "d", dependencies: [],
      archiveDigest: digest, archiveSize: 1, manifest: FileManifest([entry]))
  }

  @Test(arguments: ["adm1n", "0fficial", "ap-i", "1egal"])
  func `a name that reads like a reserved one is reserved`(name: String) async throws {
    await #expect(throws: Accounts.AuthorRefusal.reserved) {
      try await store.accounts.createAuthor(AuthorName(parsing: name), at: start)
    }
  }
}
