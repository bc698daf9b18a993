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
  package var limits: RegistryLimits
  private let store: RegistryStore
  private let logger: Logger

  package init(
    store: RegistryStore, host: String, port: Int, limits: RegistryLimits = RegistryLimits(), logger: Logger
  ) {
    self.store = store
    self.host = host
    self.port = port
    self.limits = limits
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT, then finishes the requests in progress.
  ///
  /// - Parameter onListening: Called once, with the address as `host:port`.
  package func run(onListening: @escaping @Sendable (String) -> Void) async throws {
    let threads = WorkThreads(limits)
    let services = RegistryServices(store: store, limits: limits, threads: threads, now: { Date() })
    let addresses = ConnectionsByAddress(limits)
    let application = Application(
      router: RegistryRouter(services, logsRequests: logger.logLevel <= .info).router,
      server: HTTPServerBuilder { [limits] in RegistryChannel(limits, addresses, responder: $0) },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), backlog: 1_024,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: logger)),
      services: [
        Housekeeping(store: store, logger: logger),
        CatalogWatch(store: store, catalog: services.catalog, logger: logger),
      ],
      onServerRunning: { channel in onListening(Self.address(of: channel, host: host)) },
      logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(limits.drainTimeout)
    do {
      try await ServiceGroup(configuration: configuration).run()
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
