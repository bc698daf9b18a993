import HTTPTransport

/// Sends back what the fuzzing server of a WebSocket test suite sends, one connection for each of its cases.
///
/// The addresses are those of the Autobahn suite: how many cases there are, each case, and the report in the end.
enum WebSocketEcho {
  static let option = "--web-socket-echo"

  /// - Parameter arguments: The address of the fuzzing server, such as `ws://127.0.0.1:9001`.
  static func run(_ arguments: [String]) throws {
    guard let server = arguments.first else { throw Failure("\(option) takes the address of a fuzzing server") }
    try blocking {
      let client = Client(server: server)
      for number in 1...max(1, try await client.caseCount()) {
        await client.echo(try await client.open("runCase?case=\(number)&agent=agent-mesh"))
      }
      await client.echo(try await client.open("updateReports?agent=agent-mesh"))
    }
  }

  private struct Client {
    let transport = HTTPTransport(TransportConfiguration(userAgent: "agent-mesh", environment: [:]))
    let server: String

    func open(_ target: String) async throws -> WebSocketConnection {
      try await transport.webSocket(HTTPRequest(.get, HTTPURL(webSocket: "\(server)/\(target)")))
    }

    func caseCount() async throws -> Int {
      let socket = try await open("getCaseCount")
      guard case .text(let digits)? = try await socket.receive(),
        let count = Int(String(decoding: digits, as: UTF8.self))
      else { throw Failure("\(server) does not tell how many cases it has") }
      await socket.close(1000)
      return count
    }

    /// Until the connection ends; how it has to, the server judges.
    func echo(_ socket: WebSocketConnection) async {
      do throws(TransportError) {
        while let message = try await socket.receive() {
          if case .close = message { continue }
          try await socket.send(message)
        }
      } catch {
        return
      }
    }
  }
}
