import TestSupport

@testable import HTTPTransport

/// The server's end of a WebSocket in a test: the server role of the codec over a blocking connection.
final class WebSocketPeer {
  let connection: TestConnection
  private var codec = WebSocketCodec(role: .server)

  init(_ connection: TestConnection) {
    self.connection = connection
  }

  /// Answers the handshake well, except for what the arguments change.
  static func accept(
    _ request: ReceivedRequest, on connection: TestConnection, subprotocol: String? = nil, extra: [String] = [],
    rest: [UInt8] = []
  ) throws -> WebSocketPeer {
    let fields = ["Sec-WebSocket-Accept: \(acceptance(of: request))"] + extra
    try upgrade(connection, fields + (subprotocol.map { ["Sec-WebSocket-Protocol: \($0)"] } ?? []), rest: rest)
    return WebSocketPeer(connection)
  }

  /// Sends status 101 with these fields.
  static func upgrade(_ connection: TestConnection, _ fields: [String], rest: [UInt8] = []) throws {
    let lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: WebSocket", "Connection: keep-alive, Upgrade"] + fields
    try connection.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + rest)
  }

  static func acceptance(of request: ReceivedRequest) -> String {
    let key = (request.headers["Sec-WebSocket-Key"] ?? "") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    return Base64.encode(SHA1.digest(of: Array(key.utf8)))
  }

  func send(_ message: WebSocketMessage) throws { try connection.send(codec.encode(message)) }

  /// Nil when the client has gone.
  func receive() throws -> WebSocketMessage? {
    while true {
      if let message = try codec.next() { return message }
      let piece = connection.read()
      if piece.isEmpty { return nil }
      codec.append(piece)
    }
  }

  /// Sends back what comes, until the client closes, and answers that.
  func echo() throws {
    while let message = try receive() {
      switch message {
      case .text, .binary: try send(message)
      case .ping(let bytes): try send(.pong(bytes))
      case .pong: break
      case .close:
        try send(message)
        return connection.close()
      }
    }
  }
}
