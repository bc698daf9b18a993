import RegistryAPI
import Skills

extension RegistryClient {
  /// The tokens of the account that are in use.
  package func tokens() async throws -> [TokenSummary] {
    try await get(OwnTokens.self, Route.tokens.path([])).tokens
  }

  /// Makes a token.
  ///
  /// - Throws: `forbidden` when it would have more rights than the one with which we ask.
  package func createToken(_ new: TokenRequest) async throws -> TokenResponse {
    try await decode(TokenResponse.self, from: send(makeRequest(.post, Route.tokens.path([]), new)))
  }

  /// Ends a token of the account for good.
  package func revokeToken(_ id: Int64) async throws {
    _ = try await send(makeRequest(.delete, Route.token.path(["\(id)"])))
  }
}
