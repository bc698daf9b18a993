import NIOCore
import NIOWebSocket

/// What is at this end of a WebSocket.
protocol WebSocketUser: Sendable {
  func opened(_ socket: ClientSocket)
  func received(_ text: ByteBuffer, from socket: ClientSocket)
}

/// Sends text, masked as clients have to.
struct ClientSocket: Sendable {
  let channel: any Channel

  func send(_ text: ByteBuffer) { send(.text, text) }

  func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer) {
    let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
    channel.writeAndFlush(frame, promise: nil)
  }
}

/// Opens a WebSocket and gives its messages to a user; a connection that does not become one is closed.
final class WebSocketClient: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let path: String
  private let user: any WebSocketUser
  private var received = ByteBuffer()

  init(path: String, user: any WebSocketUser) {
    self.path = path
    self.user = user
  }

  func channelActive(context: ChannelHandlerContext) {
    let lines = [
      "GET \(path) HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol: mesh.v3", "", "",
    ]
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: lines.joined(separator: "\r\n"))), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    received.writeBuffer(&bytes)
    let text = String(buffer: received)
    guard let end = text.utf8.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
    guard text.hasPrefix("HTTP/1.1 101 ") else { return context.close(promise: nil) }
    received.moveReaderIndex(forwardBy: text.utf8.distance(from: text.startIndex, to: end.upperBound))
    open(context)
  }

  private func open(_ context: ChannelHandlerContext) {
    let operations = context.pipeline.syncOperations
    do {
      try operations.addHandlers(
        [WebSocketFrameEncoder(), ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1 << 20)), Messages(user)],
        position: ChannelPipeline.SynchronousOperations.Position.after(self))
    } catch {
      return context.close(promise: nil)
    }
    user.opened(ClientSocket(channel: context.channel))
    if received.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(received)) }
    received = ByteBuffer()
    operations.removeHandler(self, promise: nil)
  }

  private final class Messages: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame

    private let user: any WebSocketUser

    init(_ user: any WebSocketUser) {
      self.user = user
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let frame = unwrapInboundIn(data)
      let socket = ClientSocket(channel: context.channel)
      switch frame.opcode {
      case .text: user.received(frame.data, from: socket)
      case .ping: socket.send(.pong, frame.data)
      case .connectionClose: context.close(promise: nil)
      default: break
      }
    }
  }
}
