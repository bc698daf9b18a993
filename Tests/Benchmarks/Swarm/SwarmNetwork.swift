import NIOCore
import NIOPosix

/// Dials one server from four addresses of this machine, since each has only so many ports.
///
/// None is the server's own: whoever dials its port from that port, while nobody listens, gets itself.
struct SwarmNetwork: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let server: SocketAddress
  private let sources: [SocketAddress]
  private let spacing: Int64

  init(group: MultiThreadedEventLoopGroup, port: UInt16, spacing: Int64) throws {
    self.group = group
    self.spacing = spacing
    server = try SocketAddress(ipAddress: "127.0.0.1", port: Int(port))
    #if os(Linux)
      sources = try (2...5).map { try SocketAddress(ipAddress: "127.0.0.\($0)", port: 0) }
    #else
      sources = []
    #endif
  }

  /// Does something after the clients with lower numbers have had their turn.
  func inTurn(_ number: Int, _ body: @escaping @Sendable () -> Void) {
    group.next().scheduleTask(in: .milliseconds(Int64(number) * spacing), body)
  }

  /// Does something soon, and later the more often it was tried in vain.
  func afterPause(attempt: Int, _ body: @escaping @Sendable () -> Void) {
    let longest = Int64(min(250 << min(attempt, 3), 2_000))
    group.next().scheduleTask(in: .milliseconds(.random(in: 0...longest)), body)
  }

  /// - Parameter number: Of the client; it says from where.
  func dial(_ number: Int, handler: @escaping @Sendable () -> any ChannelHandler) -> EventLoopFuture<any Channel> {
    bootstrap(number).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler()) }
    }.connect(to: server)
  }

  /// Sends a request and reads nothing of the response, of which the system's own queue takes little.
  func leaveUnread(_ request: [UInt8], number: Int, _ status: SwarmStatus) {
    bootstrap(number)
      .channelOption(.autoRead, value: false).channelOption(.socketOption(.so_rcvbuf), value: 4_096)
      .connect(to: server)
      .flatMap { channel in channel.writeAndFlush(ByteBuffer(bytes: request)) }
      .whenComplete { result in
        switch result {
        case .success: status.connected()
        case .failure(let error): status.fail("a reader could not connect: \(error)")
        }
      }
  }

  private func bootstrap(_ number: Int) -> ClientBootstrap {
    let bootstrap = ClientBootstrap(group: group).connectTimeout(.seconds(10))
    return sources.isEmpty ? bootstrap : bootstrap.bind(to: sources[number % sources.count])
  }
}
