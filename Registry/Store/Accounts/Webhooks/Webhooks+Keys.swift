import Foundation

extension Webhooks {
  /// Makes the first key of an account, to be shown once as that of `createKey(of:at:)`.
  ///
  /// - Returns: Nil when it has one.
  /// - Throws: `AccountRefusal.accountEnded`.
  package func createFirstKey(of account: AccountID, at time: Date) async throws -> Secret? {
    let key = Secret()
    let isFirst = try await database.write { connection in
      _ = try Accounts.demandAccount(account, on: connection)
      return try connection.execute(
        """
        INSERT INTO callback_keys (account_id, secret, created_at) VALUES (\(account), \(key.text), \(time))
        ON CONFLICT (account_id) DO NOTHING
        """) == 1
    }
    return isFirst ? key : nil
  }
}
