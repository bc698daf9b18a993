import Foundation

/// What is counted in the database, so that neither a restart nor a second process forgets it.
extension Accounts {
  /// Uses one time of a limit, durably before it returns.
  ///
  /// - Throws: `RateRefusal` when none is left.
  package func take(_ key: RateBucket.Key, of limit: RateLimit, at time: Date) async throws {
    fatalError("not written yet")
  }

  /// Keeps buckets that were counted in memory, never emptying one that others have used further.
  package func save(_ buckets: [RateBucket]) async throws {
    fatalError("not written yet")
  }

  /// Those that are not full, for a process that starts.
  package func rateBuckets(at time: Date) async throws -> [RateBucket] {
    fatalError("not written yet")
  }
}
