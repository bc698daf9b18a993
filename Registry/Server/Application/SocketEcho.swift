import BridgeProtocol
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOWebSocket

/// Sends back what comes, over the sockets that agents have, for suites that test how WebSockets are spoken.
///
/// It knows no agents: any id will do in `/ws?agent_id=`, and nobody says who it is.
package enum SocketEcho {
  /// Serves this machine until the task is cancelled.
  ///
  /// - Parameter onListening: Called once, with the port.
  package static func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
    var limits = RegistryLimits()
    limits.registrationTimeout = 600
    limits.registrationBytes = .max
    let bounds = limits
    let proxies = TrustedProxies(ranges: [])
    let addresses = ConnectionsByAddress(bounds, proxies: proxies)
    let gate = SocketGate(
      count: SocketCount(bounds), origins: [], proxies: proxies, countsLoopback: false, isDraining: { false })
    var logger = Logger(label: "echo")
    logger.logLevel = .error
    let application = Application(
      router: Router(context: BasicRequestContext.self),
      server: HTTPServerBuilder { RegistryChannel(bounds, addresses, gate: gate, serve: serve, responder: $0) },
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
      logger: logger)
    try await application.run()
  }

  private static func serve(_ channel: RegistryChannel.SocketChannel, agentID: String) async {
    let socket = AgentSocket(id: 0, channel: channel.channel)
    // One that breaks the framing has had its answer from the handlers.
    try? await channel.executeThenClose { frames, _ in
      for try await frame in frames {
        switch frame.opcode {
        case .ping: socket.pong(frame.unmaskedData)
        case .pong: break
        case .connectionClose: return socket.close(.normal, reason: "")
        default: try await channel.channel.writeAndFlush(frame)
        }
      }
    }
  }
}
