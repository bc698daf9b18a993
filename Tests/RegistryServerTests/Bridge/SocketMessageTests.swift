import TestSupport
import Testing

/// Frames that RFC 6455 forbids, which end a socket whoever is behind it.
@Suite struct SocketMessageTests {
  private static let id = "3f0c1c9e-58a3-4c0e-9b60-0d5a3a1c2b4d"

  private static let faults: [(UInt8, [UInt8], UInt16)] = [
    (3, [], 1002), (11, [], 1002),
    // Reserved bits, which stand before the opcode.
    (0x41, [], 1002), (0x21, [], 1002), (0x19, [], 1002),
    (0, [0x7B], 1002),
    (1, [0xFF], 1007), (1, [0xED, 0xA0, 0x80], 1007), (1, [0xC3], 1007),
    // Closing with half a code, with codes that may not be sent, with a reason that is no text.
    (8, [3], 1002), (8, [3, 0xED], 1002), (8, [0, 0], 1002), (8, [3, 0xE8, 0xFF], 1007),
  ]

  /// What comes for frames of an opcode and a payload each.
  private func answer(to frames: [(UInt8, [UInt8])], areFinal: Bool = true) async throws -> TestSocket.Received {
    let server = try await TestServer.start()
    let socket = try await server.socket(of: Self.id)
    return try await onThread {
      for (opcode, payload) in frames { socket.send(opcode: opcode, payload, isFinal: areFinal) }
      return socket.receive()
    }
  }

  @Test(arguments: faults)
  func `a frame that nobody may send closes the socket`(opcode: UInt8, payload: [UInt8], code: UInt16) async throws {
    let answer = try await answer(to: [(opcode, payload)])
    #expect(answer.isClose(code), "\(answer)")
  }

  @Test func `a message does not begin inside another one`() async throws {
    let answer = try await answer(to: [(1, [0x7B]), (1, [0x7D])], areFinal: false)
    #expect(answer.isClose(1002), "\(answer)")
  }

  @Test(arguments: [[], [3, 0xE8], [0x0F, 0xA0, 0x62, 0x79, 0x65]] as [[UInt8]])
  func `a close frame is answered with one`(payload: [UInt8]) async throws {
    let answer = try await answer(to: [(8, payload)])
    #expect(answer.isClose(1000), "\(answer)")
  }
}
