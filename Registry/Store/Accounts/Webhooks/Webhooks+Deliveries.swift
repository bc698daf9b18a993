import Foundation
import Skills

/// Callbacks that are to be made, kept until they were, or were tried often enough.
extension Webhooks {
  /// How long a callback is kept, made or not.
  package static let deliveryRetention: TimeInterval = 7 * 86_400
  /// Attempts of which the last is some 15 hours after the first.
  package static let maximumAttempts = 8
  /// Callbacks of one address that wait.
  private static let maximumWaiting = 1_000
  private static let maximumBytes = 1 << 20
  /// How long an attempt may take, and how long to wait after the first one that failed.
  private static let lease: TimeInterval = 60
  private static let firstDelay: TimeInterval = 10

  /// Has an event sent to addresses of an account that are confirmed.
  ///
  /// - Parameters:
  ///   - body: JSON of at most 1 MiB.
  ///   - url: One of them, for the callback of a task; nil for all that want events of the kind.
  ///   - subject: What it is about: each address is sent one event of a subject, however often this is called.
  /// - Returns: To how many; an address for which too many wait is left out.
  /// - Throws: `payloadTooLarge`.
  @discardableResult
  package func enqueue(
    _ event: WebhookEvent, body: String, for account: AccountID, to url: String? = nil,
    about subject: String? = nil, at time: Date
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
      var count = 0
      for id in try rows.map({ try $0.integer("id") }) {
        count += try connection.execute(
          """
          INSERT INTO webhook_deliveries (uid, webhook_id, event, body, created_at, next_at)
          VALUES (\(Self.deliveryID(of: subject, to: id)), \(id), \(event.rawValue), \(body), \(time), \(time))
          ON CONFLICT (uid) DO NOTHING
          """)
      }
      return count
    }
  }

  private static func deliveryID(of subject: String?, to webhook: Int64) -> String {
    guard let subject else { return UUID().uuidString.lowercased() }
    return String(Digest(of: "\(subject)\n\(webhook)".utf8).hexadecimal.prefix(32))
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

  /// Takes callbacks whose time has come, at most one of each account; each comes again after a minute unless its end
  /// is reported by then.
  ///
  /// - Parameter busy: Accounts that are left out.
  package func takeDue(
    limit: Int, at time: Date, except busy: Set<AccountID> = []
  ) async throws -> [WebhookDelivery] {
    let due = try await due(limit: limit + busy.count, at: time).filter { !busy.contains($0.delivery.account) }
    if due.isEmpty { return [] }
    return try await database.write { connection in
      try due.prefix(limit).filter { found in
        try connection.execute(
          """
          UPDATE webhook_deliveries SET attempts = attempts + 1, next_at = \(time.addingTimeInterval(Self.lease))
          WHERE id = \(found.delivery.number) AND next_at = \(found.time)
          """) == 1
      }.map(\.delivery)
    }
  }

  private struct Due {
    var delivery: WebhookDelivery
    var time: Date
  }

  private func due(limit: Int, at time: Date) async throws -> [Due] {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT webhook_deliveries.id, uid, url, event, body, attempts, secret, next_at, webhooks.account_id
        FROM webhook_deliveries JOIN webhooks ON webhooks.id = webhook_id
        LEFT JOIN callback_keys ON callback_keys.account_id = webhooks.account_id
        WHERE webhook_deliveries.id IN (
          SELECT min(waiting.id) FROM webhook_deliveries AS waiting JOIN webhooks AS target
          ON target.id = waiting.webhook_id WHERE waiting.next_at <= \(time) GROUP BY target.account_id)
        ORDER BY next_at LIMIT \(limit)
        """)
      return try rows.map { Due(delivery: try WebhookDelivery($0), time: try $0.date("next_at")) }
    }
  }

  /// Reports how an attempt ended: one that failed is made again later, each time after some four times the wait.
  ///
  /// - Parameter chance: From 0 to 1, for the jitter: three to five quarters of the wait.
  package func finish(
    _ delivery: WebhookDelivery, isDelivered: Bool, at time: Date, chance: Double = .random(in: 0...1)
  ) async throws {
    let wait = Self.firstDelay * Double(1 << (2 * min(delivery.attempt - 1, Self.maximumAttempts)))
    let delay = wait * (0.75 + chance / 2)
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
