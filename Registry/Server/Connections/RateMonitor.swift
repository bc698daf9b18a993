import NIOCore

/// Reports every byte of a connection to its guard before the parser has it: a head that drips in is no head yet.
final class RateMonitor: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let connection: ConnectionGuard

  init(_ connection: ConnectionGuard) {
    self.connection = connection
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch connection.receive(unwrapInboundIn(data)) {
    case .read: context.fireChannelRead(data)
    case .swallow: break
    case .close: context.close(promise: nil)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // Nobody above asks for what is only swallowed.
    if connection.isLingering { context.read() }
    context.fireChannelReadComplete()
  }
}
