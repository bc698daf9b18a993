import Foundation

/// How a task ends.
package enum TaskEnding: Sendable, Hashable {
  case completed
  case failed(code: String, message: String)
}

/// An event that is to be appended to the log of a task.
package struct TaskAppend: Sendable {
  package var requestID: String
  package var attempt: Int
  /// The agent's own number, from 1 for each attempt; nil for what the relay says itself.
  package var sourceSequence: Int?
  /// Of the agent's connection; nil for what the relay says itself.
  package var generation: Int?
  /// JSON, of which the log knows nothing.
  package var body: String
  /// What counts against the text that a task may have.
  package var textBytes: Int
  package var ending: TaskEnding?
  /// Whether the agent has recorded the start with it.
  package var accepts: Bool
  package var at: Date

  package init(
    requestID: String, attempt: Int, sourceSequence: Int? = nil, generation: Int? = nil, body: String,
    textBytes: Int = 0, ending: TaskEnding? = nil, accepts: Bool = false, at: Date
  ) {
    self.requestID = requestID
    self.attempt = attempt
    self.sourceSequence = sourceSequence
    self.generation = generation
    self.body = body
    self.textBytes = textBytes
    self.ending = ending
    self.accepts = accepts
    self.at = at
  }

  /// Whether it comes from the agent, which is at work then.
  var isFromAgent: Bool { accepts || sourceSequence != nil }

  var isTooLarge: Bool { textBytes > TaskLimits.textBytes || body.utf8.count > TaskLimits.bodyBytes }

  /// The number of an event that leaves no room for it: for the end there is always room.
  var eventLimit: Int { ending == nil ? TaskLimits.events : .max }

  /// What ends a task in the place of an event with which it has too much text, or too many events.
  var overflow: TaskAppend {
    var ending = self
    let message = "the answer has more than \(TaskLimits.textBytes >> 20) MiB of text or \(TaskLimits.events) events"
    ending.ending = .failed(code: "payload_too_large", message: message)
    // As a reader decodes an event that failed; the only one that the log says itself.
    ending.body = #"{"type":"error","code":"payload_too_large","message":"\#(message)"}"#
    ending.textBytes = 0
    return ending
  }
}
