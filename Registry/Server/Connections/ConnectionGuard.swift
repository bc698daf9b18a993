import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes connections on which the other side does not do its part: a head that does not come, a body that drips, a
/// response that nobody reads, an upload that goes on after its refusal (`threats.md` HT2).
///
/// Looks at the connection once a second; costs nothing per request but a few assignments.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private enum Phase: Equatable {
    case awaitingFirstHead
    case body(since: NIODeadline, received: Int)
    case responding
    case resting
    /// The answer is out and the request is not: swallow a little, so that the client gets to read the answer.
    case lingering(since: NIODeadline, received: Int)
  }

  private static let lingerBytes = 16 << 20
  private static let lingerTime = TimeAmount.seconds(5)

  private let limits: RegistryLimits
  private var phase = Phase.awaitingFirstHead
  private var lastByte = NIODeadline.now()
  private var unwritableSince: NIODeadline?
  private var requestIsComplete = true
  /// Requests of which the head has come and the answer has not gone: more than one when a client sends ahead.
  private var unanswered = 0
  /// Asked for by the latest request: after its own answer.
  private var closesAfterLast = false
  /// Asked for by the answer that is being written.
  private var closesAfterResponse = false
  private var ticker: RepeatedTask?

  init(limits: RegistryLimits) {
    self.limits = limits
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    ticker = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
      let (handler, context) = bound.value
      if handler.isOverdue(at: .now()) { context.close(promise: nil) }
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    ticker?.cancel()
  }

  func channelInactive(context: ChannelHandlerContext) {
    ticker?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    lastByte = .now()
    switch unwrapInboundIn(data) {
    case .head(let head):
      requestIsComplete = false
      unanswered += 1
      closesAfterLast = Self.asksToClose(head.headerFields)
      phase = .body(since: lastByte, received: 0)
    case .body(let bytes):
      if case .body(let since, let received) = phase {
        phase = .body(since: since, received: received + bytes.readableBytes)
        if received > limits.archive.compressedBytes + 2 * limits.formOverhead {
          context.close(promise: nil)
          return
        }
      } else if case .lingering(let since, let received) = phase {
        phase = .lingering(since: since, received: received + bytes.readableBytes)
        if received > Self.lingerBytes { context.close(promise: nil) }
        return
      }
    case .end:
      requestIsComplete = true
      if case .lingering = phase {
        context.close(promise: nil)
        return
      }
      phase = .responding
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      closesAfterResponse = Self.asksToClose(head.headerFields)
      context.write(data, promise: promise)
    case .body:
      context.write(data, promise: promise)
    case .end:
      finishResponse(context: context, data: data, promise: promise)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    unwritableSince = context.channel.isWritable ? nil : .now()
    context.fireChannelWritabilityChanged()
  }

  /// A request that is answered before it is complete ends the connection: its rest would be read without end.
  private func finishResponse(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    unanswered -= 1
    let isLast = unanswered == 0 && (closesAfterLast || !requestIsComplete)
    guard closesAfterResponse || isLast else {
      if unanswered == 0 { phase = .resting }
      context.write(data, promise: promise)
      return
    }
    context.writeAndFlush(data, promise: promise)
    if requestIsComplete {
      context.close(promise: nil)
    } else {
      phase = .lingering(since: .now(), received: 0)
      context.read()
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if case .lingering = phase { context.read() }
    context.fireChannelReadComplete()
  }

  private static func asksToClose(_ fields: HTTPFields) -> Bool {
    fields[.connection]?.lowercased().contains("close") == true
  }

  private func isOverdue(at now: NIODeadline) -> Bool {
    if let unwritableSince, now - unwritableSince > .seconds(Int64(limits.stallTimeout)) { return true }
    switch phase {
    case .awaitingFirstHead: return now - lastByte > .seconds(Int64(limits.headTimeout))
    case .body(let since, let received):
      let stall = TimeAmount.seconds(Int64(limits.stallTimeout))
      if now - lastByte > stall { return true }
      let elapsed = now - since
      return elapsed > stall && received < limits.minimumBodyRate * Int(elapsed.nanoseconds / 1_000_000_000)
    case .lingering(let since, _): return now - since > Self.lingerTime
    case .responding, .resting: return false
    }
  }
}
