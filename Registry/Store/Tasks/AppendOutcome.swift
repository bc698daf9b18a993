/// What became of an entry that was to be appended.
package enum AppendOutcome: Sendable, Hashable {
  case appended(TaskEvent)
  /// It is in the log already.
  case repeated
  /// The task has ended.
  case ended
  case refused(Refusal)

  /// Why the log does not take an entry.
  package enum Refusal: Sendable, Hashable {
    case unknownTask
    /// Another connection of the agent has written since.
    case oldGeneration
    case oldAttempt
    /// The agent's numbers before it are missing.
    case gap(expected: Int)
  }

  /// What was appended; nil for all else.
  package var event: TaskEvent? {
    guard case .appended(let event) = self else { return nil }
    return event
  }
}
