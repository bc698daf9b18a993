/// How far a task is.
package enum TaskStateKind: String, Sendable {
  /// Nothing has come from the agent yet.
  case pending
  case running
  case completed
  case failed
}
