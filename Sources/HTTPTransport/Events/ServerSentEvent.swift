/// One event of a stream (WHATWG HTML, 9.2 "Server-sent events").
package struct ServerSentEvent: Hashable, Sendable {
  /// The kind, `message` unless the stream says otherwise.
  package var event: String
  /// The lines of data, joined by line feeds.
  package var data: String
  /// The last id that the stream has given, in this event or before; empty before the first.
  package var id: String
  /// How long to wait before connecting again, in milliseconds, when this event says so.
  package var retry: Int?

  package init(event: String = "message", data: String, id: String = "", retry: Int? = nil) {
    self.event = event
    self.data = data
    self.id = id
    self.retry = retry
  }
}
