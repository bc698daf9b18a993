import Foundation
import HTTPTransport
import RegistryClient
import RegistryStore
import Skills

extension TestServer {
  /// Our own client, as commands use it.
  func client(token: String? = nil) throws -> RegistryClient {
    try RegistryClient(
      address: RegistryAddress(parsing: url), token: token,
      transport: HTTPTransport(TransportConfiguration(userAgent: "agent-mesh/test", environment: [:])))
  }

  func signUp(_ handle: String) async throws -> Account {
    let new = NewAccount(
      handle: try AuthorName(parsing: handle), password: try Password(parsing: "correct horse"),
      email: try EmailAddress(parsing: "\(handle)@example.org"))
    return try await store.accounts.signUp(new, with: nil, at: clock.now)
  }

  /// - Parameter days: Until it expires; nil for never.
  func newToken(
    of account: Account, _ scope: TokenScope = .everything, days: Double? = nil
  ) async throws -> String {
    let end = days.map { clock.now.addingTimeInterval($0 * 86_400) }
    let new = NewToken(name: try DisplayName(parsing: "test"), scope: scope, expiresAt: end)
    return try await store.accounts.createToken(new, for: account.id, at: clock.now).secret
  }
}
