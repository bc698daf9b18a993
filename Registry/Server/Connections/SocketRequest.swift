import NIOCore
import NIOHTTP1
import NIOWebSocket

/// A request that becomes the socket of an agent.
struct SocketRequest: Sendable {
  /// A UUID in lower case.
  var agentID: String
  /// What the client offered and this server speaks; nil for none.
  var subprotocol: String?
  var slot: SocketSlot

  /// Bytes of one message: plain version 2 sends the whole text of an answer in one.
  var messageBytes: Int { subprotocol == nil ? 8 << 20 : 256 << 10 }

  /// The fields of the answer that begins the socket (RFC 6455, section 4.2.2).
  func responseHeaders(to head: HTTPRequestHead, on channel: any Channel) -> EventLoopFuture<HTTPHeaders> {
    let chosen = HTTPHeaders(subprotocol.map { [("Sec-WebSocket-Protocol", $0)] } ?? [])
    let upgrader = NIOTypedWebSocketServerUpgrader<Void>(
      shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(chosen) },
      upgradePipelineHandler: { channel, _ in channel.eventLoop.makeSucceededVoidFuture() })
    return upgrader.buildUpgradeResponse(
      channel: channel, upgradeRequest: head, initialResponseHeaders: HTTPHeaders())
  }
}
