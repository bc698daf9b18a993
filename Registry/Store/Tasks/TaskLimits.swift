import Foundation

/// What the log takes; beyond it an error says so.
package enum TaskLimits {
  /// Bytes of a request id, a call id, a key of a conversation and the id of an agent.
  package static let identifierBytes = 255
  package static let idempotencyKeyBytes = 255
  /// As much as a platform may send at once (protocol version 2, section 1).
  package static let contentBytes = 5 << 20
  package static let detailsBytes = 5 << 20
  package static let titleBytes = 1_024
  package static let addressBytes = 2_048
  /// Of all events of a task together; more ends it with `payload_too_large`.
  package static let textBytes = 16 << 20
  /// Events of a task; more than those and its end ends it likewise.
  package static let events = 100_000
  /// Of one event, with what its JSON escapes.
  package static let bodyBytes = 32 << 20
  /// Tasks of an agent that have not ended.
  package static let openTasks = 2_000
  /// Tasks of one list.
  package static let listed = 100
  package static let pageEvents = 1_000
  package static let pageBytes = 1 << 20

  /// How long the text of a task that has ended is kept at least.
  package static let textLifetime: TimeInterval = 24 * 3_600
  /// The newest tasks of an agent keep their text for as long as the log knows of them.
  package static let keptTasks = 100
  /// Bytes of request and answer that the tasks of an agent keep, and how many of them keep any: beyond that the oldest
  /// that have ended lose theirs, however new they are.
  package static let keptBytes = 1 << 30
  package static let keptTexts = 10_000
  /// How long a task that has ended is known, for lists and statistics.
  package static let recordLifetime: TimeInterval = 35 * 24 * 3_600
}
