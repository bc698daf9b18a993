import Testing

@testable import HTTPTransport

@Suite(.enabled(if: MultiplexingServer.isAvailable, "needs nghttpd and openssl"))
struct MultiplexTests {
  private let body = [UInt8](repeating: 0x61, count: 3 << 20)

  @Test func `many requests at once share one connection and do not wait for each other`() async throws {
    let server = try await MultiplexingServer(files: ["large": body])
    let transport = makeTransport(environment: ["SSL_CERT_FILE": server.certificate])
    var request = HTTPRequest(.get, try HTTPURL(parsing: "https://localhost:\(server.port)/large"))
    request.retries = .never
    // Where the machine is busy a crowd may happen to ask one by one; that it never does otherwise is no accident.
    var crowds = 0
    while crowds == 0 || crowds < 20 && !server.hasOverlap {
      crowds += 1
      try await askAtOnce(12, request, transport)
    }
    #expect(server.hasOverlap)
    let asked = server.frames.filter { $0.kind.hasPrefix("recv HEADERS") }
    #expect(asked.count == 12 * crowds)
    #expect(Set(asked.map(\.connection)).count == 1)
  }

  private func askAtOnce(_ count: Int, _ request: HTTPRequest, _ transport: HTTPTransport) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<count {
        group.addTask {
          let response = try await transport.send(request)
          return response.head.version == .http2 && response.body.count == body.count
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }
}

extension MultiplexingServer {
  /// Whether a request came while another one was still being answered.
  fileprivate var hasOverlap: Bool {
    var open = 0
    for frame in frames {
      if frame.kind.hasPrefix("recv HEADERS") {
        if open > 0 { return true }
        open += 1
      } else if frame.kind.hasPrefix("send DATA"), frame.endsStream {
        open -= 1
      }
    }
    return false
  }
}
