/// `GET /api/agents/:id/stats`.
package struct AgentStatistics: Codable, Sendable {
  package struct Day: Codable, Sendable, Hashable {
    /// `YYYY-MM-DD`.
    package var date: String
    package var count: Int

    package init(date: String, count: Int) {
      self.date = date
      self.count = count
    }
  }

  package var totalCalls: Int
  package var completed: Int
  package var failed: Int
  package var avgDurationMs: Int
  package var callsByDay: [Day]

  package init(totalCalls: Int, completed: Int, failed: Int, avgDurationMs: Int, callsByDay: [Day]) {
    self.totalCalls = totalCalls
    self.completed = completed
    self.failed = failed
    self.avgDurationMs = avgDurationMs
    self.callsByDay = callsByDay
  }
}
