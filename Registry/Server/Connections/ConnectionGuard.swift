import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Closes connections on which the other side does not do its part: a head that does not come, a body that drips, a
/// response that nobody reads, an upload that goes on after its refusal, a request that could be read in two ways.
///
/// Looks at the connection once a second; costs nothing per request but a few assignments.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What to do with bytes that came.
  enum Reception { case read, swallow, close }

  private let limits: RegistryLimits
  /// In the count of its address.
  let slot: AddressSlot
  private let gate: SocketGate
  private let logger: Logger
  private var timeouts: ConnectionTimeouts
  private var requests = PipelinedRequests()
  /// Set by a request that becomes the socket of an agent, after which this handler is removed.
  private(set) var socket: SocketRequest?
  /// The last answer on this connection, once what came cannot be read any further.
  private var refusal: RefusedRequest?
  /// What one read has brought of a body, which goes on as one part, however many chunks it came in.
  private var joinedBody = ByteBuffer()
  private var ticker: RepeatedTask?
  /// Whether the client sends nothing any more, and what is to be done then.
  private var hasDeparted = false
  private var departure: ClientDeparture?

  init(limits: RegistryLimits, slot: AddressSlot, gate: SocketGate, logger: Logger) {
    self.limits = limits
    self.slot = slot
    self.gate = gate
    self.logger = logger
    timeouts = ConnectionTimeouts(limits)
  }

  var isLingering: Bool { timeouts.isLingering }

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    ticker = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
      let (handler, context) = bound.value
      if handler.timeouts.isExhausted(at: .now()) { context.close(promise: nil) }
    }
    if context.channel.isActive { turnAwaySurplus(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    ticker?.cancel()
  }

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    turnAwaySurplus(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    ticker?.cancel()
    depart()
    breakOff(context)
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed {
      depart()
      breakOff(context)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard let departure = event as? ClientDeparture else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    self.departure = departure
    if hasDeparted { depart() }
    promise?.succeed(())
  }

  /// Whoever waits for its turn gives it up; what runs already is answered as for a client that only sends no more.
  private func depart() {
    hasDeparted = true
    departure?.action()
    departure = nil
  }

  /// Whoever reads a body that is refused must not take the end of the connection for its end.
  private func breakOff(_ context: ChannelHandlerContext) {
    if refusal != nil, !requests.isComplete { context.fireErrorCaught(HTTPParserError.invalidEOFState) }
  }

  /// Bytes came from the other side, and are not parsed yet.
  func receive(_ bytes: ByteBuffer) -> Reception {
    timeouts.received(bytes, requestIsComplete: requests.isComplete)
    if timeouts.isLingering { return timeouts.hasLingeredEnough ? .close : .swallow }
    return refusal == nil ? .read : .swallow
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard refusal == nil, !timeouts.isLingering else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      let fields = FramingFields(head.headers)
      if let fault = fault(in: head, fields, context) { return refuse(fault, context) }
      requests.beginRequest(asksToClose: head.version == .http1_0 || fields.asksToClose)
      timeouts.beganBody()
    case .body(let bytes):
      return receiveBody(bytes, context)
    case .end:
      passBody(context)
      requests.endRequest()
      timeouts.endedRequest()
    }
    context.fireChannelRead(data)
  }

  /// Why a request is refused by its head alone; nil for one that goes on.
  private func fault(
    in head: HTTPRequestHead, _ fields: FramingFields, _ context: ChannelHandlerContext
  ) -> RefusedRequest? {
    let isSocket = SocketGate.isTarget(head)
    if let fault = RequestRules.fault(in: head, fields, mayUpgrade: isSocket) { return .malformed(fault) }
    guard isSocket else { return nil }
    switch gate.decide(head, fields, isFirst: requests.isFirst, on: context.channel) {
    case .admitted(let request):
      socket = request
      return nil
    case .refused(let reason): return reason
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    passBody(context)
    context.fireChannelReadComplete()
  }

  private func receiveBody(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    switch timeouts.receivedBody(bytes.readableBytes) {
    case .expected where joinedBody.readableBytes == 0: joinedBody = bytes
    case .expected: joinedBody.writeImmutableBuffer(bytes)
    case .tooLarge: context.close(promise: nil)
    case .tooSmall: refuse(.malformed("its body comes in too many pieces"), context)
    }
  }

  private func passBody(_ context: ChannelHandlerContext) {
    guard joinedBody.readableBytes > 0 else { return }
    let bytes = joinedBody
    joinedBody = ByteBuffer()
    if refusal == nil, !timeouts.isLingering { context.fireChannelRead(wrapInboundOut(.body(bytes))) }
  }

  /// What cannot be parsed is answered here; whoever reads that request's body must not take it for complete.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let error = error as? HTTPParserError, refusal == nil, !timeouts.isLingering {
      refuse(refusal(for: error), context)
    }
    context.fireErrorCaught(error)
  }

  private func refusal(for error: HTTPParserError) -> RefusedRequest {
    guard case .headerOverflow = error else { return .malformed("it is not HTTP/1.1") }
    return timeouts.isInFirstLine ? .addressTooLong(limits) : .headTooLarge(limits)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if timeouts.isLingering {
      promise?.fail(ChannelError.outputClosed)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.status.code >= 200:
      guard requests.beginResponse(asksToClose: FramingFields(head.headers).asksToClose) else {
        return context.write(data, promise: promise)
      }
      var closing = head
      closing.headers.add(name: "Connection", value: "close")
      context.write(wrapOutboundOut(.head(closing)), promise: promise)
    case .head, .body:
      context.write(data, promise: promise)
    case .end:
      finishResponse(context: context, data: data, promise: promise)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    timeouts.changedWritability(to: context.channel.isWritable)
    context.fireChannelWritabilityChanged()
  }

  private func finishResponse(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    departure = nil
    switch requests.endResponse(isRefused: refusal != nil) {
    case .respond:
      context.write(data, promise: promise)
    case .rest:
      timeouts.rest()
      context.write(data, promise: promise)
    case .refuse:
      context.write(data, promise: promise)
      if let refusal { answer(refusal, context) }
    case .close:
      context.writeAndFlush(data, promise: promise)
      context.close(promise: nil)
    case .linger:
      context.writeAndFlush(data, promise: promise)
      linger(context)
    }
  }

  private func turnAwaySurplus(_ context: ChannelHandlerContext) {
    guard !slot.isAdmitted, refusal == nil else { return }
    refusal = .tooManyConnections
    write(.tooManyConnections, context)
    context.close(promise: nil)
  }

  /// Sends the last response on this connection, after those that are due for what came before.
  private func refuse(_ reason: RefusedRequest, _ context: ChannelHandlerContext) {
    refusal = reason
    if requests.isRefusalDue {
      answer(reason, context)
    } else if !requests.isComplete {
      context.close(promise: nil)
    }
  }

  private func answer(_ refusal: RefusedRequest, _ context: ChannelHandlerContext) {
    write(refusal, context)
    linger(context)
  }

  /// Under an id as those requests have that get as far as their routes.
  private func write(_ refusal: RefusedRequest, _ context: ChannelHandlerContext) {
    let id = RequestID().description
    logger.info("refused", metadata: ["hb.request.id": "\(id)", "http.status": "\(refusal.status.code)"])
    for part in refusal.parts(requestID: id) { context.write(wrapOutboundOut(part), promise: nil) }
    context.flush()
  }

  /// The answer is out and the request is not: swallow a little, so that the client gets to read the answer.
  private func linger(_ context: ChannelHandlerContext) {
    timeouts.linger()
    context.close(mode: .output, promise: nil)
    context.read()
  }
}
