import Foundation
import RegistryAPI
import RegistryStore
import Skills

/// Tokens of the caller's author: what there is, making one, which is shown this once, ending one, and ending those
/// that somebody has found in the open.
struct TokenRoutes: Sendable {
  let services: RegistryServices

  func list(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let tokens = try await services.accounts.activeTokens(ofAuthor: caller.authorID, at: services.now())
    return try .json(OwnTokens(tokens: tokens.map { TokenSummary($0, isCurrent: $0.id == caller.tokenID) }))
  }

  func create(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let time = services.now()
    let new = try NewToken(call.json(TokenRequest.self), by: caller, at: time)
    let token = try await services.accounts.createToken(new, by: caller, at: time)
    guard let record = try await services.accounts.record(of: token) else {
      throw StoreFailure.corrupt("a token that was just made cannot be read")
    }
    let response = TokenResponse(token: TokenSummary(record, isCurrent: false), secret: token.secret)
    return try .json(response, status: .created)
  }

  func end(_ call: Call, _ caller: Accounts.Identity) async throws -> Reply {
    let id = try call.number("id")
    guard try await services.accounts.revokeToken(id, by: caller, at: services.now()) else {
      throw MeshError(
        .notFound, "there is no token \(id) in use", hint: "Those in use are listed by: agent-mesh tokens list")
    }
    return try .json(Confirmation("token \(id) revoked"))
  }

  /// Whoever has a token may end it, and learns nothing of whether it was good.
  func report(_ call: Call, _ caller: Accounts.Identity?) async throws -> Reply {
    let reports = try call.json([SecretReport].self)
    guard reports.count <= SecretReport.maximumReports else {
      throw MeshError(
        .validationError, "at most \(SecretReport.maximumReports) tokens in one report",
        hint: "Send the others in a report of their own.")
    }
    let tokens = reports.compactMap { AccessToken(presented: $0.token) }
    let count = try await services.accounts.revoke(leaked: tokens, at: services.now())
    call.logger.info("tokens were reported", metadata: ["token.revoked": "\(count)"])
    return try .json(Confirmation("what was in use is revoked"))
  }
}

extension NewToken {
  /// Patterns that are left out are those of the maker, and a token ends with it unless a later day is asked for, which
  /// is refused.
  fileprivate init(_ request: TokenRequest, by maker: Accounts.Identity, at time: Date) throws {
    self.init(
      name: try DisplayName(parsing: request.name),
      scope: TokenScope(
        rights: try Self.rights(request.rights),
        skills: try request.skills.map(Self.patterns) ?? maker.scope.skills,
        agents: try request.agents.map(Self.patterns) ?? maker.scope.agents),
      expiresAt: try Self.expiry(request.expiresInDays, by: maker, at: time))
  }

  private static func rights(_ words: [String]) throws(MeshError) -> Set<TokenRight> {
    let known = TokenRight.allCases.map(\.rawValue).joined(separator: ", ")
    if let unknown = words.first(where: { TokenRight(rawValue: $0) == nil }) {
      throw MeshError(.validationError, "'\(unknown, limit: 80)' is no right", hint: "Rights are: \(known).")
    }
    guard !words.isEmpty else {
      throw MeshError(.validationError, "a token has at least one right", hint: "Rights are: \(known).")
    }
    return Set(words.compactMap(TokenRight.init(rawValue:)))
  }

  private static func patterns(_ words: [String]) throws -> [ResourcePattern] {
    guard words.count <= TokenRequest.maximumPatterns else {
      throw MeshError(.validationError, "a token has at most \(TokenRequest.maximumPatterns) patterns of each kind")
    }
    return try words.map { try ResourcePattern(parsing: $0) }
  }

  private static func expiry(_ days: Int?, by maker: Accounts.Identity, at time: Date) throws(MeshError) -> Date? {
    let end = maker.tokenExpiresAt
    func after(_ days: Int) -> Date { time.addingTimeInterval(Double(days) * 86_400) }
    guard let days else { return min(after(TokenRequest.standardDays), end ?? .distantFuture) }
    guard (0...TokenRequest.maximumDays).contains(days) else {
      throw MeshError(.validationError, "the days of a token are a number from 0 to \(TokenRequest.maximumDays)")
    }
    let expiry = days == 0 ? nil : after(days)
    if let end, expiry ?? .distantFuture > end {
      throw MeshError(
        .forbidden, "the token would outlast the one that makes it, which ends at \(end.ISO8601Format())",
        hint: "Ask for fewer days, or make it on the settings page.")
    }
    return expiry
  }
}

extension TokenSummary {
  fileprivate init(_ record: TokenRecord, isCurrent: Bool) {
    let (rights, skills, agents) = record.scope.words
    self.init(
      id: record.id, name: record.name, rights: rights, skills: skills, agents: agents, createdAt: record.createdAt,
      lastUsedAt: record.lastUsedAt, expiresAt: record.expiresAt, isCurrent: isCurrent)
  }
}
