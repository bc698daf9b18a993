import BridgeProtocol
import HTTPTransport

/// Opens the connections of one link.
struct LinkDialer: Sendable {
  private static let timeout = Duration.seconds(15)

  let transport: HTTPTransport
  /// Of the bridge, for one agent.
  let url: HTTPURL

  func dial(number: Int) async throws(TransportError) -> LinkLine {
    let socket = try await transport.webSocket(
      HTTPRequest(.get, url), protocols: [BridgeExtension.meshV3], timeout: Self.timeout)
    return LinkLine(number: number, socket: socket)
  }
}
