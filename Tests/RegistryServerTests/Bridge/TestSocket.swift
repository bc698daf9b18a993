import Foundation
import TestSupport

/// The socket of an agent, as a program of its own would write it: masked frames, one a message unless it says so.
final class TestSocket: Sendable {
  enum Received: Equatable {
    case text(String)
    case close(UInt16, String)
    /// Without a close frame.
    case end
  }

  private let connection: RawConnection
  /// The head of the answer to the request that asked for it.
  let head: String

  /// - Parameters:
  ///   - path: With the agent.
  ///   - fields: Header fields beside those of every handshake, each with its line end.
  ///   - on: A connection that is open already.
  init(port: Int, path: String, fields: String = "", on open: RawConnection? = nil) throws {
    connection = try open ?? RawConnection(port: port)
    connection.write(
      "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(fields)\r\n")
    var head: [UInt8] = []
    while !head.ends(with: "\r\n\r\n".utf8), let byte = connection.bytes(1) { head += byte }
    self.head = String(decoding: head, as: UTF8.self)
  }

  var isOpen: Bool { head.hasPrefix("HTTP/1.1 101") }

  /// What follows the head of a refusal.
  func body() -> String { connection.read() }

  @discardableResult func send(_ text: String) -> Bool { send(opcode: 1, Array(text.utf8)) }

  /// - Parameter isFinal: Whether it is a whole message, or the last part of one.
  @discardableResult func send(opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> Bool {
    let mask: [UInt8] = [7, 11, 13, 17]
    let masked = payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
    return connection.write(Self.head(opcode, payload.count, isFinal) + mask + masked)
  }

  /// The beginning of a text of so many bytes, of which none follows.
  @discardableResult func announce(_ count: Int) -> Bool {
    connection.write(Self.head(1, count, true) + [0, 0, 0, 0])
  }

  private static func head(_ opcode: UInt8, _ count: Int, _ isFinal: Bool) -> [UInt8] {
    let first = (isFinal ? 0x80 : 0) | opcode
    if count < 126 { return [first, 0x80 | UInt8(count)] }
    if count < 1 << 16 { return [first, 0x80 | 126, UInt8(count >> 8), UInt8(count & 0xFF)] }
    return [first, 0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
  }

  /// The next text or close frame; pongs are passed over.
  func receive() -> Received {
    while let (opcode, payload) = frame() {
      if opcode == 1 { return .text(String(decoding: payload, as: UTF8.self)) }
      if opcode == 8, payload.count >= 2 {
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        return .close(code, String(decoding: payload.dropFirst(2), as: UTF8.self))
      }
    }
    return .end
  }

  /// The first text with all of these in it; nil when the socket ends before.
  func text(containing parts: String...) -> String? {
    while case .text(let text) = receive() {
      if parts.allSatisfy({ text.contains($0) }) { return text }
    }
    return nil
  }

  private func frame() -> (opcode: UInt8, payload: [UInt8])? {
    guard let head = connection.bytes(2) else { return nil }
    var length = Int(head[1] & 0x7F)
    if length >= 126 {
      guard let bytes = connection.bytes(length == 126 ? 2 : 8) else { return nil }
      length = bytes.reduce(0) { $0 << 8 | Int($1) }
    }
    guard let payload = connection.bytes(length) else { return nil }
    return (head[0] & 0x0F, payload)
  }
}

extension Array where Element == UInt8 {
  fileprivate func ends(with end: some Collection<UInt8>) -> Bool { suffix(end.count).elementsEqual(end) }
}
