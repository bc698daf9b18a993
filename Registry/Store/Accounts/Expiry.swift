import Foundation

extension Accounts {
  /// Removes what has ended: device codes, sessions, links and full buckets.
  ///
  /// To be called now and then; nothing that still counts depends on it.
  package func removeExpired(at time: Date) async throws {
    try await database.write { connection in
      try connection.execute("DELETE FROM device_codes WHERE expires_at <= \(time)")
      try connection.execute("DELETE FROM sessions WHERE expires_at <= \(time)")
      try connection.execute("DELETE FROM invitations WHERE expires_at <= \(time)")
      try connection.execute("DELETE FROM rate_buckets WHERE full_at <= \(time)")
    }
  }
}
