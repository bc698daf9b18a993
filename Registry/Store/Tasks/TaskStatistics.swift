import Foundation

/// What became of the tasks of an agent that began within a time.
package struct TaskStatistics: Sendable, Equatable {
  /// Of the days, in UTC, on which one began; in their order.
  package struct Day: Sendable, Equatable {
    /// `YYYY-MM-DD`.
    package var date: String
    package var count: Int
  }

  package var total = 0
  package var completed = 0
  package var failed = 0
  /// From the request to the end, of those that have ended; milliseconds.
  ///
  /// One during which the clock went back has taken none.
  package var averageDuration = 0
  package var days: [Day] = []

  package init() {}
}

extension TaskLog {
  /// Counts tasks of the last 35 days; the log knows no older ones.
  package func statistics(of agent: String, since start: Date, until end: Date) async throws -> TaskStatistics {
    try await database.read { connection in
      let rows = try connection.rows(
        """
        SELECT created_at / 86400000 AS day, count(*) AS total, count(ended_at) AS ended, count(error_code) AS failed,
          CAST(coalesce(sum(CASE WHEN ended_at > created_at THEN ended_at - created_at END), 0) AS BIGINT) AS duration
        FROM tasks WHERE agent = \(agent) AND created_at >= \(start) AND created_at < \(end)
        GROUP BY created_at / 86400000 ORDER BY 1
        """)
      return try Self.statistics(rows)
    }
  }

  private static func statistics(_ rows: [SQLRow]) throws -> TaskStatistics {
    var (statistics, ended, duration) = (TaskStatistics(), 0, 0)
    for row in rows {
      let total = Int(try row.integer("total"))
      let failed = Int(try row.integer("failed"))
      ended += Int(try row.integer("ended"))
      duration += Int(try row.integer("duration"))
      statistics.total += total
      statistics.failed += failed
      statistics.days.append(.init(date: date(ofDay: try row.integer("day")), count: total))
    }
    statistics.completed = ended - statistics.failed
    statistics.averageDuration = ended == 0 ? 0 : duration / ended
    return statistics
  }

  /// - Parameter day: Since 1970.
  private static func date(ofDay day: Int64) -> String {
    Date(timeIntervalSince1970: Double(day) * 86_400).formatted(.iso8601.year().month().day())
  }
}
