/// The framing of RFC 6455: bytes in, messages out, and the other way round.
///
/// Strict: whatever the RFC forbids is refused as soon as it can be seen, bad UTF-8 in the middle of a message too.
/// Extensions are not spoken.
package struct WebSocketCodec: Sendable {
  package enum Role: Sendable {
    /// Masks what it sends.
    case client
    case server
  }

  package struct Limits: Hashable, Sendable {
    /// Bytes of one message.
    package var messageBytes: Int
    /// Frames of one message.
    package var fragments: Int

    package init(messageBytes: Int = 8 << 20, fragments: Int = 64) {
      self.messageBytes = messageBytes
      self.fragments = fragments
    }
  }

  private let role: Role
  private let limits: Limits
  private let mask: @Sendable () -> UInt32

  private var input: [UInt8] = []
  /// Bytes of `input` that were read.
  private var offset = 0
  private var frame: Frame?
  private var control: [UInt8] = []
  private var message: Message?
  private var refusal: WebSocketRefusal?
  private var isClosed = false

  /// - Parameter mask: A masking key for each frame that a client sends; nobody else may be able to guess it (10.3).
  package init(
    role: Role, limits: Limits = Limits(), mask: @escaping @Sendable () -> UInt32 = { .random(in: .min ... .max) }
  ) {
    self.role = role
    self.limits = limits
    self.mask = mask
  }

  /// Takes what has come from the other end; `next()` then gives the messages in it.
  package mutating func append(_ bytes: some Sequence<UInt8>) {
    if isClosed || refusal != nil { return }
    input.removeFirst(offset)
    offset = 0
    input += bytes
  }

  /// The next whole message, or nil when more bytes must come.
  ///
  /// Nothing comes after a close frame.
  ///
  /// - Throws: What forbids to read on, now and ever after.
  package mutating func next() throws(WebSocketRefusal) -> WebSocketMessage? {
    if let refusal { throw refusal }
    do throws(WebSocketRefusal) {
      while !isClosed, try readHeader(), try readPayload() {
        if let message = try endFrame() { return message }
      }
      return nil
    } catch {
      refusal = error
      throw error
    }
  }

  /// One frame with the whole message; what is too long for a control frame is cut.
  package func encode(_ message: WebSocketMessage) -> [UInt8] {
    let most = WebSocketFrameHeader.maximumControlBytes
    return switch message {
    case .text(let bytes): frame(.text, bytes)
    case .binary(let bytes): frame(.binary, bytes)
    case .ping(let bytes): frame(.ping, Array(bytes.prefix(most)))
    case .pong(let bytes): frame(.pong, Array(bytes.prefix(most)))
    case .close(let code, let reason): frame(.close, WebSocketClosing(code: code, reason: reason).bytes)
    }
  }

  private func frame(_ opcode: WebSocketFrameHeader.Opcode, _ payload: [UInt8]) -> [UInt8] {
    let mask = role == .client ? mask() : nil
    let header = WebSocketFrameHeader(isFinal: true, opcode: opcode, length: payload.count, mask: mask)
    guard let mask else { return header.bytes + payload }
    var payload = payload
    payload.apply(mask: mask, at: 0)
    return header.bytes + payload
  }
}

// Reading, one frame after the other.
extension WebSocketCodec {
  /// The frame that is being read.
  private struct Frame {
    var header: WebSocketFrameHeader
    /// Bytes of its payload that were read.
    var position = 0
  }

  /// The message that is being put together.
  private struct Message {
    var isText: Bool
    var bytes: [UInt8] = []
    var fragments = 0
    var validator = UTF8Validator()
  }

  /// False when more bytes must come.
  private mutating func readHeader() throws(WebSocketRefusal) -> Bool {
    if frame != nil { return true }
    let found = try WebSocketFrameHeader.parse(input[offset...], isMasked: role == .server)
    guard let (header, size) = found else { return false }
    if header.opcode.isControl {
      control = []
    } else {
      try begin(header)
    }
    offset += size
    frame = Frame(header: header)
    return true
  }

  private mutating func begin(_ header: WebSocketFrameHeader) throws(WebSocketRefusal) {
    if header.opcode != .continuation {
      guard message == nil else { throw WebSocketRefusal(.protocolError, "a message begins inside another one") }
      message = Message(isText: header.opcode == .text)
    }
    guard var current = message else {
      throw WebSocketRefusal(.protocolError, "a continuation has no beginning")
    }
    current.fragments += 1
    guard current.fragments <= limits.fragments else {
      throw WebSocketRefusal(.tooBig, "a message has more than \(limits.fragments) fragments")
    }
    guard header.length <= limits.messageBytes - current.bytes.count else {
      throw WebSocketRefusal(.tooBig, "a message has more than \(limits.messageBytes) bytes")
    }
    message = current
  }

  /// Reads as much of the payload as there is; false when more bytes must come.
  private mutating func readPayload() throws(WebSocketRefusal) -> Bool {
    guard let (header, position) = frame.map({ ($0.header, $0.position) }) else { return false }
    let count = min(header.length - position, input.count - offset)
    var piece = Array(input[offset..<offset + count])
    if let mask = header.mask { piece.apply(mask: mask, at: position) }
    offset += count
    frame?.position += count
    if header.opcode.isControl {
      control += piece
    } else {
      if message?.isText == true, message?.validator.accept(piece) == false {
        throw WebSocketRefusal(.invalidData, "a text is not UTF-8")
      }
      message?.bytes += piece
    }
    return position + count == header.length
  }

  /// The message that the frame completes.
  private mutating func endFrame() throws(WebSocketRefusal) -> WebSocketMessage? {
    guard let header = frame?.header else { return nil }
    frame = nil
    switch header.opcode {
    case .ping: return .ping(control)
    case .pong: return .pong(control)
    case .close:
      let closing = try WebSocketClosing(parsing: control)
      isClosed = true
      return .close(closing.code, closing.reason)
    case .continuation, .text, .binary: return header.isFinal ? try endMessage() : nil
    }
  }

  private mutating func endMessage() throws(WebSocketRefusal) -> WebSocketMessage? {
    guard let whole = message else { return nil }
    message = nil
    guard whole.isText else { return .binary(whole.bytes) }
    guard whole.validator.isComplete else {
      throw WebSocketRefusal(.invalidData, "a text ends within a character")
    }
    return .text(whole.bytes)
  }
}
