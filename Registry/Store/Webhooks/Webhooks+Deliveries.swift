import Foundation
import Skills

/// Callbacks that are to be made, kept until they were, or were tried often enough.
extension Webhooks {
  /// How long a callback is kept, made or not.
  package static let deliveryRetention: TimeInterval = 7 * 86_400
  /// Attempts of which the last is some 8 hours after the first.
  package static let maximumAttempts = 8
  /// Callbacks of one address that wait.
  private static let maximumWaiting = 1_000
  private static let maximumBytes = 1 << 20
  /// How long an attempt may take, and how long to wait after the first one that failed.
  private static let lease: TimeInterval = 60
  private static let firstDelay: TimeInterval = 240

  /// Has an event sent to addresses of an account that are confirmed.
  ///
  /// - Parameters:
  ///   - body: JSON of at most 1 MiB.
  ///   - url: One of them, for the callback of a task; nil for all that want events of the kind.
  /// - Returns: To how many; an address for which too many wait is left out.
  /// - Throws: `payloadTooLarge`.
  @discardableResult
  package func enqueue(
    _ event: WebhookEvent, body: String, for account: AccountID, to url: String? = nil, at time: Date
  ) async throws -> Int {
    guard body.utf8.count <= Self.maximumBytes else {
      throw MeshError(.payloadTooLarge, "a callback has at most \(Self.maximumBytes) bytes")
    }
    return try await database.write { connection in
      let rows = try connection.rows(
        """
        SELECT id FROM webhooks WHERE account_id = \(account) AND confirmed_at IS NOT NULL
          AND (url = \(url) OR (CAST(\(url) AS TEXT) IS NULL AND ' ' || events || ' ' LIKE \("% \(event.rawValue) %")))
          AND (SELECT count(*) FROM webhook_deliveries WHERE webhook_id = webhooks.id AND next_at IS NOT NULL)
            < \(Self.maximumWaiting)
        """)
      for id in try rows.map({ try $0.integer("id") }) {
        try connection.execute(
          """
          INSERT INTO webhook_deliveries (uid, webhook_id, event, body, created_at, next_at)
          VALUES (\(UUID().uuidString.lowercased()), \(id), \(event.rawValue), \(body), \(time),
            \(time))
          """)
      }
      return rows.count
    }
  }

  /// Whether callbacks of tasks may go to an address.
  package func isConfirmed(_ url: String, of account: AccountID) async throws -> Bool {
    try await database.read { connection in
      let row = try connection.row(
        """
        SELECT id FROM webhooks WHERE account_id = \(account) AND url = \(url) AND confirmed_at IS NOT NULL
        """)
      return row != nil
    }
  }

  /// Takes callbacks whose time has come; each comes again after a minute unless its end is reported by then.
  package func takeDue(limit: Int, at time: Date) async throws -> [WebhookDelivery] {
    try await database.write { connection in
      let rows = try connection.rows(
        """
        SELECT webhook_deliveries.id, uid, url, event, body, attempts, secret, next_at FROM webhook_deliveries
        JOIN webhooks ON webhooks.id = webhook_id
        LEFT JOIN callback_keys ON callback_keys.account_id = webhooks.account_id
        WHERE next_at <= \(time) ORDER BY next_at LIMIT \(limit)
        """)
      return try rows.compactMap { row in
        let delivery = try WebhookDelivery(row)
        let due = try row.date("next_at")
        let taken = try connection.execute(
          """
          UPDATE webhook_deliveries SET attempts = attempts + 1, next_at = \(time.addingTimeInterval(Self.lease))
          WHERE id = \(delivery.number) AND next_at = \(due)
          """)
        return taken == 1 ? delivery : nil
      }
    }
  }

  /// Reports how an attempt ended: one that failed is made again later, each time after twice the wait.
  package func finish(_ delivery: WebhookDelivery, isDelivered: Bool, at time: Date) async throws {
    let delay = Self.firstDelay * Double(1 << min(delivery.attempt - 1, Self.maximumAttempts))
    let isLast = isDelivered || delivery.attempt >= Self.maximumAttempts
    let next = isLast ? nil : time.addingTimeInterval(delay)
    let deliveredAt = isDelivered ? time : nil
    _ = try await database.write { connection in
      try connection.execute(
        """
        UPDATE webhook_deliveries SET next_at = \(next), delivered_at = \(deliveredAt)
        WHERE id = \(delivery.number) AND attempts = \(delivery.attempt)
        """)
    }
  }
}
