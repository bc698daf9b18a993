/// One event of a stream (WHATWG HTML, 9.2 "Server-sent events").
package struct ServerSentEvent: Hashable, Sendable {
  /// The kind, `message` unless the stream says otherwise.
  package var event = "message"
  /// The lines of data, joined by line feeds.
  package var data: String
  /// The last id that the stream has given, in this event or before; empty before the first.
  package var id = ""
  /// How long to wait before connecting again, in milliseconds, when this event says so.
  package var retry: Int?
}
