import Testing

@testable import HTTPTransport

struct WebSocketCodecTests {
  typealias Message = WebSocketMessage

  /// What a client receives; the first five stand in RFC 6455, 5.7.
  static let unmasked: [(String, [Message])] = [
    ("81 05 48656c6c6f", [.text(hello)]),
    ("01 03 48656c 80 02 6c6f", [.text(hello)]),
    ("89 05 48656c6c6f", [.ping(hello)]),
    ("82 7e 0100" + String(repeating: "61", count: 256), [.binary([UInt8](repeating: 0x61, count: 256))]),
    (
      "82 7f 0000000000010000" + String(repeating: "61", count: 65_536),
      [.binary([UInt8](repeating: 0x61, count: 65_536))]
    ),
    ("81 00", [.text([])]),
    ("02 00 00 00 80 00", [.binary([])]),
    ("01 03 48656c 89 00 8a 01 21 80 02 6c6f", [.ping([]), .pong([0x21]), .text(hello)]),
    ("01 01 c3 80 01 a4", [.text([0xC3, 0xA4])]),
    ("88 00", [.close(nil, "")]),
    ("88 02 03e8", [.close(1000, "")]),
    ("88 05 0fa1 627965", [.close(4001, "bye")]),
    ("88 02 03e8 81 00", [.close(1000, "")]),
    ("88 02 03e8 ff ff ff", [.close(1000, "")]),
    ("81", []),
    ("81 05 48656c", []),
    ("01 05 48656c6c6f", []),
  ]

  /// What a client refuses, and the messages before.
  static let refused: [(String, [Message], WebSocketRefusal.Code)] = [
    ("c1 00", [], .protocolError),
    ("a1 00", [], .protocolError),
    ("91 00", [], .protocolError),
    ("81 00 d9 00", [.text([])], .protocolError),
    ("83 00", [], .protocolError),
    ("87 00", [], .protocolError),
    ("8b 00", [], .protocolError),
    ("8f 00", [], .protocolError),
    ("81 80 00000000", [], .protocolError),
    ("09 00", [], .protocolError),
    ("08 00", [], .protocolError),
    ("89 7e", [], .protocolError),
    ("88 7f", [], .protocolError),
    ("80 00", [], .protocolError),
    ("00 00", [], .protocolError),
    ("81 00 80 00", [.text([])], .protocolError),
    ("01 00 81 00", [], .protocolError),
    ("01 00 02 00", [], .protocolError),
    ("81 7e 007d", [], .protocolError),
    ("81 7f 000000000000ffff", [], .protocolError),
    ("81 7f 8000000000000000", [], .protocolError),
    ("81 7f 7fffffffffffffff", [], .tooBig),
    ("88 01 03", [], .protocolError),
    ("88 02 0000", [], .protocolError),
    ("88 02 03e7", [], .protocolError),
    ("88 02 03ec", [], .protocolError),
    ("88 02 03ed", [], .protocolError),
    ("88 02 03ee", [], .protocolError),
    ("88 02 03f7", [], .protocolError),
    ("88 02 07d0", [], .protocolError),
    ("88 02 0bb7", [], .protocolError),
    ("88 02 1388", [], .protocolError),
    ("88 03 03e8 ff", [], .invalidData),
    ("81 01 ff", [], .invalidData),
    ("81 02 c080", [], .invalidData),
    ("81 03 eda080", [], .invalidData),
    ("81 01 c3", [], .invalidData),
    ("01 01 c3 80 01 28", [], .invalidData),
    // The rest of the message never comes.
    ("01 7e 1000 48 ff", [], .invalidData),
    ("01 7e 1000 f4 90", [], .invalidData),
  ]

  @Test(arguments: unmasked.indices)
  func `a client reads what the RFC allows`(row: Int) throws {
    let (text, messages) = Self.unmasked[row]
    var codec = WebSocketCodec(role: .client)
    codec.append(bytes(text))
    #expect(try codec.all() == messages)
  }

  @Test(arguments: unmasked.indices)
  func `it reads the same wherever the bytes are cut`(row: Int) throws {
    let (text, messages) = Self.unmasked[row]
    let bytes = bytes(text)
    for cut in 0...min(bytes.count, 32) {
      var codec = WebSocketCodec(role: .client)
      codec.append(bytes[..<cut])
      let early = try codec.all()
      codec.append(bytes[cut...])
      let late = try codec.all()
      #expect(early + late == messages)
    }
  }

  @Test(arguments: unmasked.indices)
  func `it reads the same byte by byte`(row: Int) throws {
    let (text, messages) = Self.unmasked[row]
    var codec = WebSocketCodec(role: .client)
    let read = try bytes(text).flatMap { byte in
      codec.append([byte])
      return try codec.all()
    }
    #expect(read == messages)
  }

  @Test(arguments: refused.indices)
  func `a client refuses what the RFC forbids, and only after what came before`(row: Int) throws {
    let (text, messages, code) = Self.refused[row]
    var codec = WebSocketCodec(role: .client)
    codec.append(bytes(text))
    for message in messages { #expect(try codec.next() == message) }
    for _ in 0..<2 {
      let refusal = #expect(throws: WebSocketRefusal.self) { try codec.next() }
      #expect(refusal?.code == code)
      codec.append([0x81, 0x00])
    }
  }

  @Test(arguments: refused.indices)
  func `it refuses the same byte by byte`(row: Int) {
    let (text, _, code) = Self.refused[row]
    var codec = WebSocketCodec(role: .client)
    let refusal = #expect(throws: WebSocketRefusal.self) {
      for byte in bytes(text) {
        codec.append([byte])
        _ = try codec.all()
      }
    }
    #expect(refusal?.code == code)
  }

  @Test func `a server reads the masked frame of the RFC`() throws {
    var codec = WebSocketCodec(role: .server)
    codec.append(bytes("81 85 37fa213d 7f9f4d5158"))
    #expect(try codec.all() == [.text(hello)])
  }

  @Test func `a server refuses a frame that is not masked`() {
    var codec = WebSocketCodec(role: .server)
    codec.append(bytes("81 05 48656c6c6f"))
    #expect(throws: WebSocketRefusal(.protocolError, "a frame is not masked")) { try codec.next() }
  }

  @Test func `a client masks each frame with a key of its own, a server none`() {
    let codec = WebSocketCodec(role: .client, mask: { 0x37FA_213D })
    #expect(codec.encode(.text(hello)) == bytes("81 85 37fa213d 7f9f4d5158"))
    #expect(WebSocketCodec(role: .server).encode(.text(hello)) == bytes("81 05 48656c6c6f"))
    let keys = Set((0..<20).map { _ in WebSocketCodec(role: .client).encode(.ping([]))[2...] })
    #expect(keys.count > 1)
  }

  @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 1 << 20])
  func `a server reads what a client writes, whatever its size`(size: Int) throws {
    let message = Message.binary(pattern(size))
    var server = WebSocketCodec(role: .server)
    server.append(WebSocketCodec(role: .client).encode(message))
    #expect(try server.all() == [message])
  }

  @Test func `bounds the bytes and the fragments of a message`() throws {
    let limits = WebSocketCodec.Limits(messageBytes: 4, fragments: 3)
    for (text, isAllowed) in [
      ("81 04 61616161", true), ("81 05", false), ("01 03 616161 80 01 61", true), ("01 03 616161 80 02", false),
      ("01 00 00 00 80 00", true), ("01 00 00 00 00 00 00 00", false),
    ] {
      var codec = WebSocketCodec(role: .client, limits: limits)
      codec.append(bytes(text))
      if isAllowed {
        let messages = try codec.all()
        #expect(messages.count == 1, "\(text)")
      } else {
        let refusal = #expect(throws: WebSocketRefusal.self, "\(text)") { try codec.all() }
        #expect(refusal?.code == .tooBig, "\(text)")
      }
    }
  }

  @Test func `cuts a reason that no close frame can carry before the character that does not fit`() throws {
    let reason = String(repeating: "a", count: 121) + "\u{E4}\u{E4}"
    var client = WebSocketCodec(role: .client)
    client.append(WebSocketCodec(role: .server).encode(.close(1000, reason)))
    #expect(try client.next() == .close(1000, String(repeating: "a", count: 121) + "\u{E4}"))
  }
}

private let hello = Array("Hello".utf8)

/// The bytes of hexadecimal digits, spaces between them or not.
private func bytes(_ text: String) -> [UInt8] {
  let digits = text.utf8.filter { $0 != 0x20 }.map { UInt8($0 < 0x40 ? $0 - 0x30 : $0 - 0x57) }
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

extension WebSocketCodec {
  /// All messages that are there.
  fileprivate mutating func all() throws(WebSocketRefusal) -> [WebSocketMessage] {
    var messages: [WebSocketMessage] = []
    while let message = try next() { messages.append(message) }
    return messages
  }
}
