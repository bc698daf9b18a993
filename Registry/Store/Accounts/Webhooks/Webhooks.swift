import Foundation
import Skills

/// Where accounts have callbacks sent, and what they are signed with.
package struct Webhooks: Sendable {
  /// Addresses of one account.
  package static let maximumWebhooks = 20
  /// How long an address has to answer its challenge.
  package static let challengeLifetime: TimeInterval = 600

  let database: any SQLDatabase

  /// Makes what callbacks to an account are signed with, in the place of an earlier one.
  ///
  /// Show it once.
  ///
  /// - Throws: `AccountRefusal.accountEnded`.
  package func createKey(of account: AccountID, at time: Date) async throws -> Secret {
    let key = Secret()
    try await database.write { connection in
      _ = try Accounts.demandAccount(account, on: connection)
      try connection.execute(
        """
        INSERT INTO callback_keys (account_id, secret, created_at) VALUES (\(account), \(key.text), \(time))
        ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
        """)
    }
    return key
  }

  /// Enters an address, which counts once it has answered the challenge; one that is there has to answer again.
  ///
  /// - Throws: `QuotaRefusal`; `AccountRefusal.accountEnded`.
  package func subscribe(
    _ new: WebhookSubscription, by account: AccountID, at time: Date
  ) async throws -> (webhook: Webhook, challenge: Secret) {
    let challenge = Secret()
    let end = time.addingTimeInterval(Self.challengeLifetime)
    let webhook = try await database.write { connection in
      _ = try Accounts.demandAccount(account, on: connection)
      let row = try connection.row(
        """
        INSERT INTO webhooks (account_id, url, events, challenge_hash, created_at, expires_at)
        VALUES (\(account), \(new.url), \(new.eventColumn), \(challenge.hash), \(time), \(end))
        ON CONFLICT (account_id, url) DO UPDATE SET events = excluded.events,
          challenge_hash = excluded.challenge_hash, expires_at = excluded.expires_at, confirmed_at = NULL
        RETURNING id, url, events, created_at, confirmed_at
        """)
      guard let webhook = try row.map(Webhook.init) else {
        throw StoreFailure.corrupt("an address that was just written cannot be read")
      }
      try connection.execute("DELETE FROM webhook_deliveries WHERE webhook_id = \(webhook.id)")
      let all = try connection.row("SELECT count(*) AS number FROM webhooks WHERE account_id = \(account)")
      guard try all?.integer("number") ?? 0 <= Self.maximumWebhooks else { throw QuotaRefusal.webhooks }
      return webhook
    }
    return (webhook, challenge)
  }

  /// - Returns: False when the answer is not the challenge, or came too late.
  package func confirm(_ id: Int64, answering challenge: Secret, at time: Date) async throws -> Bool {
    try await database.write { connection in
      try connection.execute(
        """
        UPDATE webhooks SET confirmed_at = \(time), expires_at = NULL
        WHERE id = \(id) AND challenge_hash = \(challenge.hash) AND expires_at > \(time)
        """) == 1
    }
  }

  /// By address.
  package func webhooks(of account: AccountID) async throws -> [Webhook] {
    try await database.read { connection in
      let rows = try connection.rows(
        "SELECT id, url, events, created_at, confirmed_at FROM webhooks WHERE account_id = \(account) ORDER BY url")
      return try rows.map(Webhook.init)
    }
  }

  /// - Returns: False when there is none of that address.
  package func unsubscribe(_ url: String, of account: AccountID) async throws -> Bool {
    try await database.write { connection in
      try connection.execute(
        """
        DELETE FROM webhook_deliveries WHERE webhook_id IN (
          SELECT id FROM webhooks WHERE account_id = \(account) AND url = \(url))
        """)
      return try connection.execute("DELETE FROM webhooks WHERE account_id = \(account) AND url = \(url)") == 1
    }
  }

  /// What goes with an account.
  static func erasure(of account: AccountID) -> [SQL] {
    [
      """
      DELETE FROM webhook_deliveries WHERE webhook_id IN (SELECT id FROM webhooks WHERE account_id = \(account))
      """,
      "DELETE FROM webhooks WHERE account_id = \(account)",
      "DELETE FROM callback_keys WHERE account_id = \(account)",
    ]
  }
}
