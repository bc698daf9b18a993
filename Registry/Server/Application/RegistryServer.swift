import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import RegistryStore
import ServiceLifecycle

/// The whole server: binds, serves until it is told to stop, drains.
package struct RegistryServer: Sendable {
  package var host: String
  package var port: Int
  package var configuration: RegistryConfiguration
  private let store: RegistryStore
  private let markdown: @Sendable (MarkdownSource) async -> String?
  private let logger: Logger
  private let now: @Sendable () -> Date

  /// - Parameter markdown: Makes HTML of Markdown with bounds on time and memory; nil for what needs more.
  package init(
    store: RegistryStore, host: String, port: Int, configuration: RegistryConfiguration = RegistryConfiguration(),
    markdown: @escaping @Sendable (MarkdownSource) async -> String? = { _ in nil }, logger: Logger,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.store = store
    self.host = host
    self.port = port
    self.configuration = configuration
    self.markdown = markdown
    self.logger = logger
    self.now = now
  }

  /// Serves until SIGTERM or SIGINT, then finishes the requests in progress.
  ///
  /// - Parameter onListening: Called once, with the address as `host:port`.
  package func run(onListening: @escaping @Sendable (String) -> Void) async throws {
    let limits = configuration.limits
    let threads = WorkThreads(limits)
    let bridge = Bridge(store: store, configuration: configuration, now: now, logger: logger)
    let services = try RegistryServices(
      store: store, configuration: configuration, bridge: bridge, threads: threads, markdown: markdown, now: now)
    let proxies = TrustedProxies(ranges: configuration.trustedProxies)
    let addresses = ConnectionsByAddress(limits, proxies: proxies)
    let sockets = SocketCount(limits)
    let gate = SocketGate(
      count: sockets, origins: configuration.webOrigins.union([configuration.publicAddress].compactMap(\.self)),
      proxies: proxies, countsLoopback: limits.countsLoopback, isDraining: { bridge.isDraining })
    var application = Application(
      router: RegistryRouter(services, logsRequests: logger.logLevel <= .info).router,
      server: HTTPServerBuilder {
        RegistryChannel(limits, addresses, gate: gate, serve: bridge.serve, responder: $0)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), backlog: 1_024,
        availableConnectionsDelegate: AvailableConnections(limits: limits, sockets: sockets)),
      services: [
        BridgeService(bridge: bridge),
        CallbackService(callbacks: services.callbacks, store: store, logger: logger),
        Housekeeping(store: store, logger: logger, now: now),
        CatalogWatch(store: store, forget: services.forgetAll, logger: logger),
        PeriodicSave(
          counter: "limits", interval: .seconds(1), logger: logger, load: services.rates.load,
          save: services.rates.save),
        PeriodicSave(
          counter: "downloads", interval: .seconds(2), logger: logger, save: services.downloads.save),
      ],
      onServerRunning: { channel in
        sockets.onOpening { channel.read() }
        onListening(Self.address(of: channel, host: host))
      },
      logger: logger)
    application.beforeServerStarts { try await bridge.restore() }
    var group = ServiceGroupConfiguration(
      // Told to stop one after the other, the last one first.
      services: [.init(service: application), .init(service: BridgeDrain(bridge: bridge))],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(limits.drainTimeout)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch {
      try await threads.stop()
      throw error
    }
    try await threads.stop()
  }

  private static func address(of channel: any Channel, host: String) -> String {
    let port = channel.localAddress?.port ?? 0
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
