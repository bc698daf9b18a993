import Foundation

extension Accounts {
  /// Rows of a kind that one transaction removes, so that nobody else who writes waits long for it.
  private static let removalBatch = 500

  /// Removes what has ended: device codes, sessions, links, offers, tickets, callbacks and full buckets.
  ///
  /// To be called now and then; nothing that still counts depends on it.
  ///
  /// - Returns: How many rows it removed.
  @discardableResult
  package func removeExpired(at time: Date) async throws -> Int {
    var (total, removed) = (0, 0)
    repeat {
      removed = try await database.write { connection in
        try (Self.removals(at: time) + Self.networkRemovals(at: time)).map { try connection.execute($0) }.reduce(0, +)
      }
      total += removed
    } while removed >= Self.removalBatch && !Task.isCancelled
    return total
  }

  /// One batch of each kind.
  private static func removals(at time: Date) -> [SQL] {
    let limit = removalBatch
    return [
      "DELETE FROM device_codes WHERE id IN (SELECT id FROM device_codes WHERE expires_at <= \(time) LIMIT \(limit))",
      "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= \(time) LIMIT \(limit))",
      "DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at <= \(time) LIMIT \(limit))",
      "DELETE FROM transfers WHERE id IN (SELECT id FROM transfers WHERE expires_at <= \(time) LIMIT \(limit))",
      """
      DELETE FROM skill_transfers WHERE id IN (
        SELECT id FROM skill_transfers WHERE expires_at <= \(time) LIMIT \(limit))
      """,
      "DELETE FROM rate_buckets WHERE key IN (SELECT key FROM rate_buckets WHERE full_at <= \(time) LIMIT \(limit))",
    ]
  }

  private static func networkRemovals(at time: Date) -> [SQL] {
    let limit = removalBatch
    let old = time.addingTimeInterval(-Webhooks.deliveryRetention)
    return [
      "DELETE FROM agent_tickets WHERE id IN (SELECT id FROM agent_tickets WHERE expires_at <= \(time) LIMIT \(limit))",
      """
      DELETE FROM webhook_deliveries WHERE id IN (
        SELECT id FROM webhook_deliveries WHERE created_at <= \(old) LIMIT \(limit))
      """,
      "DELETE FROM webhooks WHERE id IN (SELECT id FROM webhooks WHERE expires_at <= \(time) LIMIT \(limit))",
    ]
  }
}
