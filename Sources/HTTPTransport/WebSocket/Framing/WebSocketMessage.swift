/// What one end of a WebSocket says to the other (RFC 6455, 5.6 and 5.5).
package enum WebSocketMessage: Hashable, Sendable {
  /// UTF-8.
  case text([UInt8])
  case binary([UInt8])
  /// At most 125 bytes.
  case ping([UInt8])
  /// At most 125 bytes.
  case pong([UInt8])
  /// A code of RFC 6455, 7.4, nil when none was given, and a reason of at most 123 bytes.
  case close(UInt16?, String)

  /// Bytes of the content.
  package var size: Int {
    switch self {
    case .text(let bytes), .binary(let bytes), .ping(let bytes), .pong(let bytes): bytes.count
    case .close(_, let reason): 2 + reason.utf8.count
    }
  }
}
