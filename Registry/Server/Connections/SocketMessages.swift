import NIOCore
import NIOWebSocket

/// Joins the fragments of messages, and closes a socket that breaks the rules for frames (RFC 6455, sections 5 to 8).
///
/// The decoder lets pass what it can read: reserved bits and opcodes, frames without a mask, text that is none.
final class SocketMessages: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private struct Message {
    var opcode: WebSocketOpcode
    var bytes = ByteBuffer()
    var fragments = 0
  }

  private static let maximumFragments = 64

  private let messageBytes: Int
  private var message: Message?
  private var isClosed = false

  /// - Parameter messageBytes: Of one message at the most.
  init(messageBytes: Int) {
    self.messageBytes = messageBytes
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosed else { return }
    do throws(SocketFault) {
      if let frame = try receive(unwrapInboundIn(data)) { context.fireChannelRead(wrapInboundOut(frame)) }
    } catch {
      close(context, error)
    }
  }

  /// What is to go on: whole messages, and control frames between their fragments.
  private func receive(_ frame: WebSocketFrame) throws(SocketFault) -> WebSocketFrame? {
    guard frame.maskKey != nil else { throw .protocolError("A frame without a mask") }
    guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else { throw .protocolError("A reserved bit") }
    switch frame.opcode {
    case .text, .binary, .continuation: return try join(frame)
    case .ping, .pong: return frame
    case .connectionClose:
      try check(closing: frame.unmaskedData)
      return frame
    default: throw .protocolError("A reserved opcode")
    }
  }

  private func join(_ frame: WebSocketFrame) throws(SocketFault) -> WebSocketFrame? {
    guard (frame.opcode == .continuation) == (message != nil) else { throw .protocolError("Fragments out of order") }
    var joined = message ?? Message(opcode: frame.opcode)
    // So that its bytes have one owner, and grow where they are.
    message = nil
    joined.fragments += 1
    guard joined.fragments <= Self.maximumFragments, frame.length <= messageBytes - joined.bytes.readableBytes else {
      throw .tooBig
    }
    if joined.fragments == 1 {
      joined.bytes = frame.unmaskedData
    } else {
      joined.bytes.writeImmutableBuffer(frame.unmaskedData)
    }
    guard frame.fin else {
      message = joined
      return nil
    }
    if joined.opcode == .text, !isText(joined.bytes) { throw .invalidData("A text that is not UTF-8") }
    return WebSocketFrame(fin: true, opcode: joined.opcode, data: joined.bytes)
  }

  private func check(closing payload: ByteBuffer) throws(SocketFault) {
    guard payload.readableBytes > 0 else { return }
    var payload = payload
    guard let code = payload.readInteger(as: UInt16.self), mayBeSent(code) else {
      throw .protocolError("No code for closing")
    }
    guard isText(payload) else { throw .invalidData("A reason that is not UTF-8") }
  }

  private func isText(_ bytes: ByteBuffer) -> Bool {
    String(validating: bytes.readableBytesView, as: UTF8.self) != nil
  }

  /// Codes of the protocol that are more than a sign inside a program, and those of libraries and applications.
  private func mayBeSent(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  private func close(_ context: ChannelHandlerContext, _ fault: SocketFault) {
    isClosed = true
    var data = ByteBuffer()
    data.write(webSocketErrorCode: fault.code)
    data.writeString(fault.reason)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)))
      .whenComplete { _ in channel.close(promise: nil) }
  }
}

/// Why a socket is closed.
private struct SocketFault: Error {
  let code: WebSocketErrorCode
  let reason: String

  static let tooBig = SocketFault(code: .messageTooLarge, reason: "Too large a message, or too many fragments")

  static func protocolError(_ reason: String) -> SocketFault { SocketFault(code: .protocolError, reason: reason) }

  static func invalidData(_ reason: String) -> SocketFault {
    SocketFault(code: .dataInconsistentWithMessage, reason: reason)
  }
}
