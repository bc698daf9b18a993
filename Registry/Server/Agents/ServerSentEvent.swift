import NIOCore

/// One event of a stream (HTML standard, section 9.2.5).
struct ServerSentEvent: Sendable {
  static let mediaType = "text/event-stream; charset=utf-8"
  /// Milliseconds after which whoever lost the stream comes back.
  static let retry = ByteBuffer(string: "retry: 1000\n\n")
  static let keepalive = ByteBuffer(string: ": keepalive\n\n")

  /// The position in the log that is reached with it; nil for what has none.
  var id: Int?
  /// Without line ends.
  var data: [UInt8]

  func write(to buffer: inout ByteBuffer) {
    if let id { buffer.writeString("id: \(id)\n") }
    buffer.writeString("data: ")
    buffer.writeBytes(data)
    buffer.writeString("\n\n")
  }
}
