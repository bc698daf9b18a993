import NIOCore

/// Closes the socket of an agent that does not say in time who it is, sends much before, or hardly reads.
///
/// Stands before the frames: what is too much is never gathered.
final class SocketGuard: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let slot: SocketSlot
  private let address: AddressSlot
  private let limits: RegistryLimits
  /// Nil until the agent is registered.
  private var activity: SocketActivity?
  private var received = 0
  private var written = 0
  private var registration: Scheduled<Void>?
  private var stall: Scheduled<Void>?
  private var drain: Scheduled<Void>?

  /// - Parameters:
  ///   - slot: In the count of sockets, which it keeps.
  ///   - address: In the count of connections of its address, which whoever says who it is leaves: behind one address
  ///     there may be many agents.
  init(_ slot: SocketSlot, address: AddressSlot, limits: RegistryLimits) {
    self.slot = slot
    self.address = address
    self.limits = limits
  }

  func handlerAdded(context: ChannelHandlerContext) {
    registration = closing(context, after: .seconds(Int64(limits.registrationTimeout)), 1008, "Register timeout")
  }

  func handlerRemoved(context: ChannelHandlerContext) { cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if let activity {
      activity.note()
    } else {
      received += unwrapInboundIn(data).readableBytes
      guard received <= limits.registrationBytes else { return close(context, 1009, "First message too big") }
    }
    context.fireChannelRead(data)
  }

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard let registered = event as? SocketRegistered else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    activity = registered.activity
    registration?.cancel()
    slot.register()
    address.leave()
    promise?.succeed(())
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    written += unwrapOutboundIn(data).readableBytes
    context.write(data, promise: promise)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stall?.cancel()
    stall = context.channel.isWritable ? nil : watch(context)
    context.fireChannelWritabilityChanged()
  }

  /// Looks after a while how much was taken: a large message for a slow agent may need many times as long.
  private func watch(_ context: ChannelHandlerContext) -> Scheduled<Void> {
    let (before, least) = (sent(context), limits.minimumSocketRate * limits.socketStallTimeout)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    return context.eventLoop.scheduleTask(in: .seconds(Int64(limits.socketStallTimeout))) {
      let (handler, context) = bound.value
      guard handler.sent(context) - before >= least else { return handler.close(context, nil, "") }
      handler.stall = handler.watch(context)
    }
  }

  /// Bytes that do not wait here any more.
  private func sent(_ context: ChannelHandlerContext) -> Int {
    // Of a channel that does not say what waits nothing counts as sent.
    let waiting = try? context.channel.syncOptions?.getOption(ChannelOptions.bufferedWritableBytes)
    return written - (waiting ?? written)
  }

  /// The server stops: whoever is registered was asked to go, and has a moment left.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    if activity != nil {
      drain = closing(context, after: .seconds(2), 1012, "Restart")
    } else {
      close(context, 1012, "Restart")
    }
  }

  private func closing(
    _ context: ChannelHandlerContext, after time: TimeAmount, _ code: UInt16?, _ reason: String
  ) -> Scheduled<Void> {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    return context.eventLoop.scheduleTask(in: time) {
      let (handler, context) = bound.value
      handler.close(context, code, reason)
    }
  }

  /// - Parameter code: Nil for one that takes no more bytes.
  private func close(_ context: ChannelHandlerContext, _ code: UInt16?, _ reason: String) {
    guard let code else { return context.close(promise: nil) }
    // A close frame of a server: never masked (RFC 6455, section 5.5.1).
    var frame = ByteBuffer(bytes: [0x88, UInt8(2 + reason.utf8.count)])
    frame.writeInteger(code)
    frame.writeString(reason)
    context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    context.close(promise: nil)
  }

  private func cancel() {
    registration?.cancel()
    stall?.cancel()
    drain?.cancel()
  }
}
