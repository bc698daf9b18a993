import BridgeProtocol
import Foundation
import NIOCore
import NIOHTTP1

/// Decides by its head alone which request becomes the socket of an agent: path, agent, origin, and how many there are.
///
/// Who the agent is, its first frame says; cookies say nothing here.
struct SocketGate: Sendable {
  enum Decision {
    case admitted(SocketRequest)
    case refused(RefusedRequest)
  }

  static let path = "/ws"

  let count: SocketCount
  /// Sites whose scripts may open a socket.
  let origins: Set<WebOrigin>
  let proxies: TrustedProxies
  let countsLoopback: Bool
  /// Whether the server is about to stop.
  let isDraining: @Sendable () -> Bool

  /// Whether a request is for here.
  static func isTarget(_ head: HTTPRequestHead) -> Bool {
    // By bytes: this is asked of every request.
    guard head.method == .GET, head.uri.utf8.starts(with: path.utf8) else { return false }
    let rest = head.uri.utf8.dropFirst(path.utf8.count)
    return rest.isEmpty || rest.first == UInt8(ascii: "?")
  }

  /// - Parameter isFirst: Whether nothing came before on its connection: only then it can become a socket.
  func decide(
    _ head: HTTPRequestHead, _ fields: FramingFields, isFirst: Bool, on channel: any Channel
  ) -> Decision {
    guard let text = Self.agent(in: head.uri), !text.isEmpty else { return .refused(.missingAgent) }
    guard let agent = UUID(uuidString: String(text)) else { return .refused(.invalidAgent) }
    guard isFirst, Self.asksForSocket(head, fields) else { return .refused(.upgradeRequired) }
    if fields.hasLength || fields.encodings > 0 { return .refused(.malformed("a socket begins without a body")) }
    let subprotocol = Self.subprotocol(in: head.headers)
    guard isAllowed(head.headers["Origin"], subprotocol) else { return .refused(.foreignOrigin) }
    if isDraining() { return .refused(.stopping) }
    guard let slot = count.open(channel, from: origin(of: head, channel)) else { return .refused(.tooManyConnections) }
    return .admitted(
      SocketRequest(agentID: agent.uuidString.lowercased(), subprotocol: subprotocol, slot: slot))
  }

  private static func agent(in uri: String) -> Substring? {
    let query = uri.drop { $0 != "?" }.dropFirst()
    return query.split(separator: "&").first { $0.hasPrefix("agent_id=") }?.dropFirst("agent_id=".count)
  }

  private static func asksForSocket(_ head: HTTPRequestHead, _ fields: FramingFields) -> Bool {
    let keys = head.headers["Sec-WebSocket-Key"]
    return head.version == .http1_1 && fields.asksToUpgrade
      && head.headers[canonicalForm: "Upgrade"].contains { $0.lowercased() == "websocket" }
      && head.headers["Sec-WebSocket-Version"] == ["13"] && keys.count == 1 && keys[0].utf8.count == 24
  }

  /// Chosen only when it was offered: a client fails on what it did not ask for.
  private static func subprotocol(in headers: HTTPHeaders) -> String? {
    headers[canonicalForm: "Sec-WebSocket-Protocol"].contains { $0 == BridgeExtension.meshV3 }
      ? BridgeExtension.meshV3 : nil
  }

  /// Browsers name the site: it has to be known, and its script has to offer what only clients of this bridge know.
  private func isAllowed(_ named: [String], _ subprotocol: String?) -> Bool {
    if named.isEmpty { return true }
    guard named.count == 1, subprotocol != nil, let origin = WebOrigin(named[0]) else { return false }
    return origins.contains(origin)
  }

  /// Nil for this machine, unless it counts, and for proxies that do not say who asks.
  private func origin(of head: HTTPRequestHead, _ channel: any Channel) -> NetworkOrigin? {
    let sender = proxies.sender(forwardedFor: head.headers["X-Forwarded-For"], peer: IPAddress(channel.remoteAddress))
    guard let sender, countsLoopback || !sender.isLoopback, !proxies.include(sender) else { return nil }
    return NetworkOrigin(sender)
  }
}
