import Testing

@testable import HTTPTransport

@Suite(.enabled(if: MultiplexingServer.isAvailable, "needs nghttpd and openssl"))
struct MultiplexTests {
  @Test func `many requests at once share one connection and do not wait for each other`() async throws {
    let body = [UInt8](repeating: 0x61, count: 3 << 20)
    let server = try await MultiplexingServer(files: ["large": body])
    let transport = makeTransport(environment: ["SSL_CERT_FILE": server.certificate])
    var request = HTTPRequest(.get, try HTTPURL(parsing: "https://localhost:\(server.port)/large"))
    request.retries = .never
    try await withThrowingTaskGroup(of: Bool.self) { [request] group in
      for _ in 0..<12 {
        group.addTask {
          let response = try await transport.send(request)
          return response.head.version == .http2 && response.body.count == body.count
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
    let frames = server.frames
    let asked = frames.filter { $0.kind.hasPrefix("recv HEADERS") }
    #expect(asked.count == 12)
    #expect(Set(asked.map(\.connection)).count == 1)
    let firstEnd = frames.firstIndex { $0.kind.hasPrefix("send DATA") && $0.endsStream }
    let second = frames.indices.filter { frames[$0].kind.hasPrefix("recv HEADERS") }.dropFirst().first
    #expect(try #require(second) < #require(firstEnd))
  }
}
