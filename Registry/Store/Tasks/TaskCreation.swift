/// What became of a task that was to be entered.
package enum TaskCreation: Sendable {
  case created(TaskRecord)
  /// The same caller has asked for it before, by the same idempotency key.
  case existing(TaskRecord)

  package var task: TaskRecord {
    switch self {
    case .created(let task), .existing(let task): task
    }
  }
}
