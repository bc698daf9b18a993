import Foundation
import Skills

/// A row of the tokens about to be written.
struct StoredToken {
  var authorID: Int64
  /// Nil for a token that stands for the author alone.
  var account: AccountID?
  var name: DisplayName?
  var scope: TokenScope
  var expiresAt: Date?
  /// The number of the one agent that it is for; nil for what its scope says alone.
  var agent: Int64? = nil

  /// Writes it under the hash of a new token, which is returned.
  func insert(at time: Date, on connection: any SQLConnection) throws -> AccessToken {
    let token = AccessToken()
    let (rights, skills, agents) = scope.columns
    try connection.execute(
      """
      INSERT INTO tokens (author_id, account_id, hash, name, rights, skill_patterns, agent_patterns, created_at,
        expires_at, agent_id)
      VALUES (\(authorID), \(account), \(token.hash), \(name), \(rights), \(skills), \(agents), \(time), \(expiresAt),
        \(agent))
      """)
    return token
  }
}
