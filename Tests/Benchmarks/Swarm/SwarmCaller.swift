import NIOCore

/// Asks an agent and reads the stream of its answer.
struct SwarmCaller: Sendable {
  private let request: [UInt8]
  private let number: Int
  private let context: SwarmContext

  init(agent: String, token: String, number: Int, _ context: SwarmContext) {
    let fields = ["Accept: text/event-stream", "Authorization: Bearer \(token)"]
    request = HTTPMessages.json("/api/agents/\(agent)/call", #"{"task_description":"go on"}"#, headers: fields)
    self.number = number
    self.context = context
  }

  func start() {
    let (request, context) = (request, context)
    context.network.dial(number) { StreamReader(request, isExpected: { $0.hasPrefix("HTTP/1.1 200 ") }, context) }
      .whenFailure { context.status.fail("a caller could not connect: \($0)") }
  }
}

/// Sends bytes once it is connected, and finds stamps in what comes back.
final class StreamReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let shown = 1_000

  private let request: [UInt8]
  private let isExpected: (String) -> Bool
  private let context: SwarmContext
  private var hasBegun = false
  private var scanner = StampScanner()

  /// - Parameter isExpected: Whether what comes first is the right answer.
  init(_ request: [UInt8], isExpected: @escaping (String) -> Bool, _ context: SwarmContext) {
    self.request = request
    self.isExpected = isExpected
    self.context = context
  }

  func channelActive(context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: request)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    if !hasBegun {
      hasBegun = true
      let answer = String(decoding: bytes.readableBytesView.prefix(Self.shown), as: UTF8.self)
      if !isExpected(answer) { self.context.status.fail("a client got another answer than it expects: \(answer)") }
    }
    scanner.scan(bytes.readableBytesView) { self.context.load.arrived($0) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.context.status.fail("a stream ended before its time")
  }
}
