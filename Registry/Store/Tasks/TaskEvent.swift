import Foundation

/// Something that a reader of a task is shown.
package struct TaskEvent: Sendable, Hashable {
  package var requestID: String
  /// From 1, without gaps.
  package var sequence: Int
  /// JSON, of which the log knows nothing.
  package var body: String
  package var isEnding: Bool
  package var at: Date

  package init(requestID: String, sequence: Int, body: String, isEnding: Bool, at: Date) {
    self.requestID = requestID
    self.sequence = sequence
    self.body = body
    self.isEnding = isEnding
    self.at = at
  }
}

extension TaskEvent {
  init(_ row: SQLRow, of requestID: String) throws {
    self.init(
      requestID: requestID, sequence: Int(try row.integer("sequence")), body: try row.text("body"),
      isEnding: try row.bool("is_ending"), at: try row.date("created_at"))
  }
}
