import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// A WebSocket server of the framework alone, in a process of its own: it sends back what it gets.
enum EchoServer {
  static let option = "--echo-server"

  /// Runs until somebody ends this process.
  ///
  /// - Parameter arguments: The port to listen on.
  static func run(_ arguments: [String]) throws {
    guard let port = arguments.first.flatMap({ Int($0) }) else { throw Failure("\(option) takes a port") }
    Descriptors.raiseLimit()
    let upgrader = NIOWebSocketServerUpgrader(
      shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Echo()) }
      })
    let server = try ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount))
      .serverChannelOption(.backlog, value: 4_096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.pipeline.configureHTTPServerPipeline(
          withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
      }
      .bind(host: "127.0.0.1", port: port).wait()
    try server.closeFuture.wait()
  }

  private final class Echo: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let frame = unwrapInboundIn(data)
      guard frame.opcode == .text else { return }
      let reply = WebSocketFrame(fin: true, opcode: .text, data: frame.unmaskedData)
      context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
    }
  }
}
