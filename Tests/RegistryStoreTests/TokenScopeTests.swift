import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct TokenScopeTests {
  @Test(arguments: [
    ("*", "acme/tool", true), ("acme/*", "acme/tool", true), ("acme/*", "acme-2/tool", false),
    ("acme/tool", "acme/tool", true), ("acme/tool", "acme/tool-2", false), ("acme/tool-*", "acme/tool-2", true),
    ("acme/tool-*", "acme/tool", false),
  ])
  func `a pattern matches the names that it reads like`(pattern: String, name: String, isMatch: Bool) throws {
    let name = try SkillName(parsing: name)
    let scope = TokenScope(rights: [.yank], skills: [try ResourcePattern(parsing: pattern)], agents: [])
    #expect(scope.allows(.yank, on: name) == isMatch)
    #expect(!scope.allows(.publishNew, on: name))
    #expect(!scope.allows(.yank, onAgent: name.slug.rawValue, of: name.author))
  }

  @Test(arguments: ["", "acme", "acme/", "/x", "*/tool", "acme/*/x", "Acme/*", "acme/a*b", "acme/**", "acme/ *"])
  func `what is no pattern is refused`(text: String) {
    #expect(throws: MeshError.self) { try ResourcePattern(parsing: text) }
  }

  @Test(arguments: [
    ("*", "*", true), ("*", "acme/tool", true), ("acme/*", "*", false), ("acme/*", "acme/t*", true),
    ("acme/t*", "acme/*", false), ("acme/tool", "acme/tool*", false), ("acme/tool*", "acme/tool", true),
    ("acme/*", "other/*", false),
  ])
  func `a token never has more than what makes it`(makers: String, made: String, isAllowed: Bool) async throws {
    let people = try People()
    let ann = try await people.account("ann")
    func scope(_ pattern: String, _ rights: Set<TokenRight>) throws -> TokenScope {
      TokenScope(rights: rights, skills: [try ResourcePattern(parsing: pattern)], agents: [])
    }
    func new(_ scope: TokenScope, expiresAt: Date? = nil) throws -> NewToken {
      NewToken(name: try DisplayName(parsing: "made"), scope: scope, expiresAt: expiresAt)
    }
    let maker = try await people.identity(ann, scope(makers, [.manage, .yank]))
    let wanted = try new(scope(made, [.yank]))
    if isAllowed {
      let token = try await people.accounts.createToken(wanted, by: maker, at: people.start)
      #expect(try await people.accounts.identity(presenting: token, at: people.start)?.scope == wanted.scope)
    } else {
      await #expect(throws: AccountRefusal.excessiveScope) {
        _ = try await people.accounts.createToken(wanted, by: maker, at: people.start)
      }
    }
    let wider = try new(scope(makers, [.yank, .call]))
    await #expect(throws: AccountRefusal.excessiveScope) {
      _ = try await people.accounts.createToken(wider, by: maker, at: people.start)
    }
  }

  @Test func `a token does not outlive what makes it`() async throws {
    let people = try People()
    let ann = try await people.account("ann")
    let end = people.start.addingTimeInterval(60)
    func new(_ expiry: Date?) throws -> NewToken {
      NewToken(name: try DisplayName(parsing: "short"), scope: .everything, expiresAt: expiry)
    }
    let token = try await people.accounts.createToken(new(end), for: ann.id, at: people.start)
    let maker = try #require(try await people.accounts.identity(presenting: token, at: people.start))
    for expiry in [nil, end.addingTimeInterval(1)] {
      await #expect(throws: AccountRefusal.excessiveScope) {
        _ = try await people.accounts.createToken(new(expiry), by: maker, at: people.start)
      }
    }
    _ = try await people.accounts.createToken(new(end), by: maker, at: people.start)
    await #expect(throws: Accounts.TokenRefusal()) {
      _ = try await people.accounts.createToken(new(end), by: maker, at: end)
    }
  }

  @Test func `each change of a skill needs its right`() async throws {
    let people = try People()
    let ann = try await people.account("ann")
    let everything = ResourcePattern.everything
    func identity(_ rights: Set<TokenRight>) async throws -> Accounts.Identity {
      try await people.identity(ann, TokenScope(rights: rights, skills: [everything], agents: [everything]))
    }
    let others = Set(TokenRight.allCases)
    let name = try SkillName(parsing: "ann/tool")
    let one = try SemanticVersion(parsing: "1.0.0")
    let withoutNew = try await identity(others.subtracting([.publishNew]))
    await #expect(throws: RightRefusal.self) { try await people.publish("1.0.0", of: "ann/tool", by: withoutNew) }
    try await people.publish("1.0.0", of: "ann/tool", by: identity([.publishNew]))
    let withoutUpdate = try await identity(others.subtracting([.publishUpdate]))
    await #expect(throws: RightRefusal.self) { try await people.publish("1.1.0", of: "ann/tool", by: withoutUpdate) }
    try await people.publish("1.1.0", of: "ann/tool", by: identity([.publishUpdate]))
    let withoutYank = try await identity(others.subtracting([.yank]))
    let catalog = people.store.catalog
    await #expect(throws: RightRefusal.self) {
      _ = try await catalog.yank(name, version: one, reason: nil, by: withoutYank, at: people.start)
    }
    await #expect(throws: RightRefusal.self) {
      _ = try await catalog.withdraw(name, version: one, by: withoutYank, at: people.start)
    }
    #expect(try await catalog.yank(name, version: one, reason: nil, by: identity([.yank]), at: people.start))
  }
}
