import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// The handlers of one connection: the framework's, with our guard on both sides of the parser.
struct RegistryChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  private let framework: HTTP1Channel
  private let limits: RegistryLimits
  private let addresses: ConnectionsByAddress

  init(_ limits: RegistryLimits, _ addresses: ConnectionsByAddress, responder: @escaping HTTPChannelHandler.Responder) {
    self.limits = limits
    self.addresses = addresses
    framework = HTTP1Channel(
      responder: responder,
      configuration: .init(
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
          maxHeaderFieldCount: limits.headerFields)))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let pipeline = channel.pipeline.syncOperations
    let connection = ConnectionGuard(limits: limits, isAdmitted: addresses.admit(channel), logger: logger)
    do {
      try pipeline.addHandler(RateMonitor(connection))
      let value = framework.setup(channel: channel, logger: logger)
      let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(connection, position: .after(parser))
      return value
    } catch {
      return channel.eventLoop.makeFailedFuture(error)
    }
  }

  func handle(value: Value, logger: Logger) async {
    await framework.handle(value: value, logger: logger)
  }
}
