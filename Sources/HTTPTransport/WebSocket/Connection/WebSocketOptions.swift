/// The bounds of one WebSocket.
package struct WebSocketOptions: Hashable, Sendable {
  /// Bytes and frames of one message, in either direction.
  package var limits = WebSocketCodec.Limits()
  /// Bytes that may wait to be sent; a sender waits when there are more.
  package var outgoingBytes = 4 << 20
  /// Messages that may wait to be read; nothing more is read from the other end meanwhile.
  package var incomingMessages = 1000
  /// Bytes that may wait to be read, beside one message.
  package var incomingBytes = 4 << 20
  /// How long the other end may take nothing of what waits to be sent.
  package var writeStall = Duration.seconds(15)
  /// How long the other end may take to answer a close frame, and to close the connection.
  package var closing = Duration.seconds(5)

  package init() {}
}
