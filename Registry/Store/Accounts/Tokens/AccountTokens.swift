import Foundation
import Skills

/// The tokens of an account: its own, and those of its author from before it had an account.
extension Accounts {
  /// How long a token lasts when nobody says.
  package static let tokenLifetime: TimeInterval = 90 * 86_400

  /// Makes a token from a session, which may give any right of the account.
  package func createToken(_ new: NewToken, for account: AccountID, at time: Date) async throws -> AccessToken {
    fatalError("not written yet")
  }

  /// Makes a token with another one.
  ///
  /// - Throws: `AccountRefusal.excessiveScope` when it would have more rights or last longer; `TokenRefusal`.
  package func createToken(_ new: NewToken, by maker: Identity, at time: Date) async throws -> AccessToken {
    fatalError("not written yet")
  }

  /// The oldest first.
  package func tokens(of account: AccountID) async throws -> [TokenRecord] {
    fatalError("not written yet")
  }

  /// Ends tokens of an account for good.
  ///
  /// - Parameter id: One of them; nil for all.
  /// - Returns: How many were alive until now.
  package func revokeTokens(_ id: Int64?, of account: AccountID, at time: Date) async throws -> Int {
    fatalError("not written yet")
  }
}
