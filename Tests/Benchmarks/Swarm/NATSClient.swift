import NIOCore

/// One connection to a NATS server, in its protocol of lines (docs.nats.io, client protocol).
///
/// Answers no question whether it is still there: those come every two minutes, when everything is over.
struct NATSClient: Sendable {
  enum Role: Sendable {
    case requester(lanes: Int)
    /// Sends each request back as its reply.
    case responder
  }

  private let number: Int
  private let role: Role
  private let context: SwarmContext

  init(number: Int, role: Role, _ context: SwarmContext) {
    self.number = number
    self.role = role
    self.context = context
  }

  func start() { context.network.inTurn(number) { self.connect() } }

  private func connect() {
    context.network.dial(number) { handler }.whenComplete { result in
      switch result {
      case .success(let channel):
        guard case .requester(let lanes) = role else { return }
        context.status.connected()
        for lane in 0..<lanes { context.load.join(NATSLane(channel: channel, socket: number, lane: lane)) }
      case .failure(let error): context.status.fail("a client of NATS could not connect: \(error)")
      }
    }
  }

  private var handler: any ChannelHandler {
    switch role {
    case .responder: return NATSResponder()
    case .requester:
      let lines = "CONNECT {\"verbose\":false}\r\nSUB replies.\(number) 1\r\n"
      return StreamReader(Array(lines.utf8), isExpected: { $0.hasPrefix("INFO ") }, context)
    }
  }
}

/// Requests as long as the tokens of an agent.
private struct NATSLane: Lane {
  let channel: any Channel
  private let replies: String
  private let frame: ChunkTemplate?

  init(channel: any Channel, socket: Int, lane: Int) {
    self.channel = channel
    replies = "replies.\(socket)"
    let id = "00000000-0000-4000-8000-00000000\(1_000 + lane)"
    frame = ChunkTemplate(requestID: id, sessionID: id, attempt: 1)
  }

  func send(_ stamp: Stamp) {
    guard var frame = frame?.text(stamp, seq: 1) else { return }
    var line = ByteBuffer(string: "PUB \(NATSResponder.subject) \(replies) \(frame.readableBytes)\r\n")
    line.writeBuffer(&frame)
    line.writeString("\r\n")
    channel.writeAndFlush(line, promise: nil)
  }
}

/// Replies to each request with the request itself.
private final class NATSResponder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  static let subject = "requests"

  private var received = ByteBuffer()

  func channelActive(context: ChannelHandlerContext) {
    let lines = "CONNECT {\"verbose\":false}\r\nSUB \(Self.subject) 1\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: lines)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    received.writeBuffer(&bytes)
    var replies = ByteBuffer()
    while let reply = nextReply() { replies.writeImmutableBuffer(reply) }
    received.discardReadBytes()
    if replies.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(replies), promise: nil) }
  }

  /// Nil when the next line, or what belongs to it, is not whole; empty for a line that is no request.
  private func nextReply() -> ByteBuffer? {
    guard let end = received.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let length = end + 1 - received.readerIndex
    guard let line = received.getString(at: received.readerIndex, length: length) else { return nil }
    // MSG <subject> <subscription> <reply to> <bytes>
    let words = line.split { $0 == " " || $0.isNewline }
    guard words.count == 5, words[0] == "MSG", let count = Int(words[4]) else {
      received.moveReaderIndex(forwardBy: length)
      return ByteBuffer()
    }
    guard received.readableBytes >= length + count + 2 else { return nil }
    received.moveReaderIndex(forwardBy: length)
    var reply = ByteBuffer(string: "PUB \(words[3]) \(count)\r\n")
    if var request = received.readSlice(length: count + 2) { reply.writeBuffer(&request) }
    return reply
  }
}
