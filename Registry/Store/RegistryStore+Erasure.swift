import Foundation

extension RegistryStore {
  /// Erases what was said in the tasks of accounts and of agents that were deleted, as far as these tasks have ended.
  ///
  /// To be called after each deletion, and now and then: for tasks that end later, and for a stop in between.
  ///
  /// - Returns: How many tasks lost something.
  @discardableResult
  package func eraseTasksOfDeleted(at time: Date) async throws -> Int {
    // Of those who are gone for longer the log knows no task.
    let start = time.addingTimeInterval(-TaskLimits.recordLifetime)
    let (accounts, agents) = try await database.read { connection in
      (
        try connection.rows("SELECT id FROM accounts WHERE deleted_at >= \(start)").map { try $0.integer("id") },
        try connection.rows("SELECT uid FROM agents WHERE deleted_at >= \(start)").map { try $0.agentID("uid") }
      )
    }
    var erased = 0
    for account in accounts { erased += try await tasks.erase(ofAccount: account) }
    for agent in agents { erased += try await tasks.erase(ofAgent: agent.rawValue) }
    return erased
  }
}
