/// The content of a close frame (RFC 6455, 5.5.1 and 7.4).
struct WebSocketClosing: Hashable, Sendable {
  var code: UInt16?
  var reason: String

  init(code: UInt16?, reason: String) {
    self.code = code
    self.reason = reason
  }

  init(parsing payload: [UInt8]) throws(WebSocketRefusal) {
    guard payload.count != 1 else { throw WebSocketRefusal(.protocolError, "a close code is cut off") }
    code = payload.isEmpty ? nil : UInt16(payload[0]) << 8 | UInt16(payload[1])
    if let code, !Self.mayBeSent(code) {
      throw WebSocketRefusal(.protocolError, "close code \(code) may not be sent")
    }
    guard let reason = String(validating: payload.dropFirst(2), as: UTF8.self) else {
      throw WebSocketRefusal(.invalidData, "the reason for closing is not UTF-8")
    }
    self.reason = reason
  }

  /// A reason that is too long is cut before the character that does not fit; without a code there is none.
  var bytes: [UInt8] {
    guard let code else { return [] }
    var bytes = [UInt8(code >> 8), UInt8(code & 0xFF)]
    for scalar in reason.unicodeScalars {
      let units = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      guard bytes.count + units.count <= WebSocketFrameHeader.maximumControlBytes else { break }
      bytes += units
    }
    return bytes
  }

  /// Codes of the protocol that are more than a sign inside a program, and those of libraries and applications.
  private static func mayBeSent(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
