/// Some events of a task, in their order.
package struct TaskPage: Sendable {
  package var events: [TaskEvent]
  /// The first that is still there; one more than the last when none is.
  package var firstAvailable: Int
  /// The last of the task, in this page or behind it.
  package var lastSequence: Int
  /// Whether nothing comes after the last one.
  package var isEnded: Bool
}
