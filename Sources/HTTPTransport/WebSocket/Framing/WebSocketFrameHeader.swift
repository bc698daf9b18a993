/// What comes before the payload of a frame (RFC 6455, 5.2).
struct WebSocketFrameHeader: Hashable, Sendable {
  enum Opcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool { rawValue >= 8 }
  }

  /// The most bytes that a control frame carries (5.5).
  static let maximumControlBytes = 125

  var isFinal: Bool
  var opcode: Opcode
  /// Bytes of the payload.
  var length: Int
  /// The masking key, its first byte the highest; nil for a payload as it is.
  var mask: UInt32?

  /// The header at the start of `bytes` and its size in bytes, or nil when more must come.
  ///
  /// - Parameter isMasked: Whether the other end has to mask (5.1).
  static func parse(
    _ bytes: ArraySlice<UInt8>, isMasked: Bool
  ) throws(WebSocketRefusal) -> (header: WebSocketFrameHeader, size: Int)? {
    guard bytes.count >= 2 else { return nil }
    let (first, second) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
    guard first & 0x70 == 0 else { throw WebSocketRefusal(.protocolError, "a reserved bit is set") }
    guard let opcode = Opcode(rawValue: first & 0x0F) else {
      throw WebSocketRefusal(.protocolError, "opcode \(first & 0x0F) is reserved")
    }
    guard (second & 0x80 != 0) == isMasked else {
      throw WebSocketRefusal(.protocolError, isMasked ? "a frame is not masked" : "a frame is masked")
    }
    let (isFinal, short) = (first & 0x80 != 0, Int(second & 0x7F))
    if opcode.isControl {
      guard isFinal else { throw WebSocketRefusal(.protocolError, "a control frame is fragmented") }
      guard short <= maximumControlBytes else { throw WebSocketRefusal(.protocolError, "a control frame is too long") }
    }
    let extended = short == 126 ? 2 : short == 127 ? 8 : 0
    let size = 2 + extended + (isMasked ? 4 : 0)
    guard bytes.count >= size else { return nil }
    let length = extended == 0 ? short : try self.length(in: bytes.dropFirst(2).prefix(extended))
    let mask = isMasked ? bytes.prefix(size).suffix(4).reduce(0) { $0 << 8 | UInt32($1) } : nil
    return (WebSocketFrameHeader(isFinal: isFinal, opcode: opcode, length: length, mask: mask), size)
  }

  /// As it stands on the wire.
  var bytes: [UInt8] {
    let maskBit: UInt8 = mask == nil ? 0 : 0x80
    var bytes = [(isFinal ? 0x80 : 0) | opcode.rawValue]
    switch length {
    case ..<126: bytes.append(maskBit | UInt8(length))
    case ..<0x1_0000: bytes += [maskBit | 126] + Self.bigEndian(UInt16(length))
    default: bytes += [maskBit | 127] + Self.bigEndian(UInt64(length))
    }
    if let mask { bytes += Self.bigEndian(mask) }
    return bytes
  }

  /// A length of 16 or 64 bits; the shortest form must be used.
  private static func length(in bytes: ArraySlice<UInt8>) throws(WebSocketRefusal) -> Int {
    let value = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard value > (bytes.count == 2 ? 125 : 0xFFFF), let length = Int(exactly: value) else {
      throw WebSocketRefusal(.protocolError, "a length is not in its shortest form")
    }
    return length
  }

  private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}

extension [UInt8] {
  /// Masks or unmasks a piece of a payload (RFC 6455, 5.3).
  ///
  /// - Parameter position: How many bytes of the payload came before.
  mutating func apply(mask: UInt32, at position: Int) {
    let key = (0..<4).map { UInt8(truncatingIfNeeded: mask >> (24 - 8 * (($0 + position) & 3))) }
    for index in indices { self[index] ^= key[index & 3] }
  }
}
