import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// What became of a connection with its first request.
enum ChosenChannel: Sendable {
  case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
  case socket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, agentID: String)
}

/// Waits for the first request of a connection, and makes of it one for HTTP or the socket of an agent.
final class ProtocolChoice: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private enum Phase {
    case waiting
    case socket(SocketRequest, HTTPRequestHead)
    /// What comes meanwhile are bytes of the socket.
    case switching([NIOAny])
  }

  private let connection: ConnectionGuard
  private let monitor: RateMonitor
  private let encoder: HTTPResponseEncoder
  private let parser: ByteToMessageHandler<HTTPRequestDecoder>
  private let promise: EventLoopPromise<ChosenChannel>
  private let limits: RegistryLimits
  private let logger: Logger
  private var phase = Phase.waiting

  init(
    connection: ConnectionGuard, monitor: RateMonitor, encoder: HTTPResponseEncoder,
    parser: ByteToMessageHandler<HTTPRequestDecoder>, promise: EventLoopPromise<ChosenChannel>,
    limits: RegistryLimits, logger: Logger
  ) {
    self.connection = connection
    self.monitor = monitor
    self.encoder = encoder
    self.parser = parser
    self.promise = promise
    self.limits = limits
    self.logger = logger
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch phase {
    case .waiting:
      guard case .head(let head) = unwrapInboundIn(data) else { return }
      if let request = connection.socket {
        phase = .socket(request, head)
      } else {
        beginHTTP(context, data)
      }
    case .socket(let request, let head):
      if case .end = unwrapInboundIn(data) { switchProtocol(context, request, head) }
    case .switching(let bytes):
      phase = .switching(bytes + [data])
    }
  }

  /// Nobody has asked for anything: there is nothing to finish.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  private func beginHTTP(_ context: ChannelHandlerContext, _ head: NIOAny) {
    let pipeline = context.pipeline.syncOperations
    do {
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      try pipeline.addHandler(HTTPConnectionStateHandler(logger: logger))
      let channel = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
        wrappingChannelSynchronously: context.channel, configuration: .init(isOutboundHalfClosureEnabled: true))
      promise.succeed(.http(channel))
    } catch {
      return context.close(promise: nil)
    }
    context.fireChannelRead(head)
    pipeline.removeHandler(self, promise: nil)
  }

  private func switchProtocol(_ context: ChannelHandlerContext, _ request: SocketRequest, _ head: HTTPRequestHead) {
    phase = .switching([])
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    request.responseHeaders(to: head, on: context.channel).whenComplete { result in
      let (handler, context) = bound.value
      guard case .success(let headers) = result else { return context.close(promise: nil) }
      handler.answer(context, headers)
      // What the parser still has comes here as bytes, and no longer through the guard of requests.
      context.pipeline.syncOperations.removeHandler(handler.parser).whenSuccess {
        let (handler, context) = bound.value
        handler.beginSocket(context, request)
      }
    }
  }

  private func answer(_ context: ChannelHandlerContext, _ headers: HTTPHeaders) {
    let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
    context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    context.pipeline.syncOperations.removeHandler(connection, promise: nil)
    context.pipeline.syncOperations.removeHandler(monitor, promise: nil)
  }

  private func beginSocket(_ context: ChannelHandlerContext, _ request: SocketRequest) {
    let pipeline = context.pipeline.syncOperations
    do {
      pipeline.removeHandler(encoder, promise: nil)
      try pipeline.addHandler(SocketGuard(request.slot, address: connection.slot, limits: limits))
      try pipeline.addHandler(WebSocketFrameEncoder())
      try pipeline.addHandler(ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: request.messageBytes)))
      try pipeline.addHandler(WebSocketProtocolErrorHandler())
      try pipeline.addHandler(SocketMessages(messageBytes: request.messageBytes))
      let channel = try NIOAsyncChannel<WebSocketFrame, WebSocketFrame>(
        wrappingChannelSynchronously: context.channel, configuration: .init(isOutboundHalfClosureEnabled: true))
      promise.succeed(.socket(channel, agentID: request.agentID))
    } catch {
      return context.close(promise: nil)
    }
    if case .switching(let bytes) = phase, !bytes.isEmpty {
      for data in bytes { context.fireChannelRead(data) }
      context.fireChannelReadComplete()
    }
    pipeline.removeHandler(self, promise: nil)
  }
}
