import Foundation

/// What is counted in the database, so that neither a restart nor a second process forgets it.
extension Accounts {
  /// Uses one time of a limit, durably before it returns.
  ///
  /// - Throws: `RateRefusal` when none is left.
  package func take(_ key: RateBucket.Key, of limit: RateLimit, at time: Date) async throws {
    try await database.write { try Self.take(key, of: limit, at: time, on: $0) }
  }

  /// Gives back one time that was taken.
  package func giveBack(_ key: RateBucket.Key, of limit: RateLimit) async throws {
    let interval = Int((limit.interval * 1_000).rounded())
    _ = try await database.write { connection in
      try connection.execute("UPDATE rate_buckets SET full_at = full_at - \(interval) WHERE key = \(key.digest)")
    }
  }

  /// Keeps buckets that were counted in memory, never emptying one that others have used further.
  package func save(_ buckets: [RateBucket]) async throws {
    try await database.write { connection in
      for bucket in buckets {
        try connection.execute(
          """
          INSERT INTO rate_buckets (key, full_at) VALUES (\(bucket.key.digest), \(bucket.fullAt))
          ON CONFLICT (key) DO UPDATE SET full_at = excluded.full_at WHERE excluded.full_at > rate_buckets.full_at
          """)
      }
    }
  }

  /// Those that are not full, for a process that starts.
  package func rateBuckets(at time: Date) async throws -> [RateBucket] {
    try await database.read { connection in
      let rows = try connection.rows("SELECT key, full_at FROM rate_buckets WHERE full_at > \(time)")
      return try rows.map { RateBucket(RateBucket.Key(try $0.digest("key")), fullAt: try $0.date("full_at")) }
    }
  }

  /// The rule of `RateBucket.take(_:at:)` as one statement, so that it holds whoever else counts at the same time.
  static func take(
    _ key: RateBucket.Key, of limit: RateLimit, at time: Date, on connection: any SQLConnection
  ) throws {
    var fresh = RateBucket(key)
    try fresh.take(limit, at: time)
    let interval = Int((limit.interval * 1_000).rounded())
    let taken = try connection.row(
      """
      INSERT INTO rate_buckets (key, full_at) VALUES (\(key.digest), \(fresh.fullAt))
      ON CONFLICT (key) DO UPDATE
      SET full_at = CASE WHEN rate_buckets.full_at > \(time) THEN rate_buckets.full_at ELSE \(time) END + \(interval)
      WHERE rate_buckets.full_at + \(interval) <= \(limit.latestFull(at: time).addingTimeInterval(RateLimit.tolerance))
      RETURNING full_at
      """)
    if taken != nil { return }
    let bucket = try connection.row("SELECT full_at FROM rate_buckets WHERE key = \(key.digest)")
    throw RateRefusal(limit, fullAt: try bucket?.date("full_at") ?? time, at: time)
  }
}
