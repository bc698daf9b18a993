import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOWebSocket

/// A connection, and what its first request makes of it.
struct RegistryConnection: ServerChildChannelValue {
  let channel: any Channel
  let chosen: EventLoopFuture<ChosenChannel>
}

/// The handlers of one connection: the framework's, with our guard on both sides of the parser, until one becomes the
/// socket of an agent.
struct RegistryChannel: ServerChildChannel {
  typealias Value = RegistryConnection
  typealias SocketChannel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  private let framework: HTTP1Channel
  private let limits: RegistryLimits
  private let addresses: ConnectionsByAddress
  private let gate: SocketGate
  private let serve: @Sendable (SocketChannel, String) async -> Void

  /// - Parameter serve: Talks to an agent, whose id is given, until its socket has ended.
  init(
    _ limits: RegistryLimits, _ addresses: ConnectionsByAddress, gate: SocketGate,
    serve: @escaping @Sendable (SocketChannel, String) async -> Void, responder: @escaping HTTPChannelHandler.Responder
  ) {
    self.limits = limits
    self.addresses = addresses
    self.gate = gate
    self.serve = serve
    framework = HTTP1Channel(responder: responder)
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let promise = channel.eventLoop.makePromise(of: ChosenChannel.self)
    // The first of the two counts.
    channel.closeFuture.whenComplete { _ in promise.fail(ChannelError.ioOnClosedChannel) }
    return channel.eventLoop.makeCompletedFuture {
      try addHandlers(to: channel, choosing: promise, logger: logger)
      return RegistryConnection(channel: channel, chosen: promise.futureResult)
    }
  }

  private func addHandlers(
    to channel: any Channel, choosing promise: EventLoopPromise<ChosenChannel>, logger: Logger
  ) throws {
    let pipeline = channel.pipeline.syncOperations
    let connection = ConnectionGuard(
      limits: limits, slot: addresses.admit(channel), gate: gate, logger: logger)
    let monitor = RateMonitor(connection)
    let encoder = HTTPResponseEncoder()
    let parser = ByteToMessageHandler(
      HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: headLimits))
    try pipeline.addHandler(monitor)
    try pipeline.addHandler(encoder)
    try pipeline.addHandler(parser)
    try pipeline.addHandler(connection)
    try pipeline.addHandler(
      ProtocolChoice(
        connection: connection, monitor: monitor, encoder: encoder, parser: parser, promise: promise, limits: limits,
        logger: logger))
  }

  private var headLimits: NIOHTTPDecoderLimitConfiguration {
    var limit = NIOHTTPDecoderLimitConfiguration()
    limit.maxHeaderFieldSize = limits.headerBytes
    limit.maxHeaderListSize = limits.headerBytes
    limit.maxHeaderFieldCount = limits.headerFields
    return limit
  }

  func handle(value: Value, logger: Logger) async {
    let chosen = await withTaskCancellationHandler {
      // One that ends before its first request has nobody to tell.
      try? await value.chosen.get()
    } onCancel: {
      value.channel.close(promise: nil)
    }
    switch chosen {
    case .http(let channel): await framework.handle(value: channel, logger: logger)
    case .socket(let channel, let agentID): await serve(channel, agentID)
    case nil: break
    }
  }
}
