import ArgumentParser
import Foundation
import Logging
import NIOCore
import RegistryServer
import RegistryStore

/// Runs the server until it is told to stop.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the registry.",
    discussion: """
      The first line on stdout is the address, also with port 0. Logs go to stderr as one line each. SIGTERM or \
      SIGINT finishes the requests in progress and stops.

      While there is no account, a line on stderr has the link that makes the first one, the operator's. It works once, \
      for three days, and each start makes a new one in its place. Others are let in with: agent-mesh-registry account \
      invite

        agent-mesh-registry serve
        agent-mesh-registry serve --config registry.conf --data /var/lib/agent-mesh
      """)

  @OptionGroup var folder: DataFolder

  @Option(help: "Host and port to listen on; port 0 takes a free one.", transform: ListenAddress.parse)
  var listen: ListenAddress = .standard

  @OptionGroup var configuration: ConfigurationOption

  @Option(help: "Connections that one address may have open; counts before the configuration.")
  var connectionsPerAddress: Int?

  @Option(help: "The least serious messages to log: trace, debug, info, notice, warning, error or critical.")
  var logLevel = "info"

  func validate() throws {
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError("--log-level takes trace, debug, info, notice, warning, error or critical")
    }
    if let connectionsPerAddress, connectionsPerAddress < 1 {
      throw ValidationError("--connections-per-address takes a number above 0")
    }
  }

  func run() async throws {
    let logger = makeLogger()
    let configuration = try configuration.read()
    do {
      try await serve(configuration, logger)
    } catch let failure as StoreFailure {
      throw Failure("\(failure)")
    } catch let error as IOError {
      throw Failure("cannot listen on \(listen): \(String(cString: strerror(error.errnoCode)))")
    } catch is SocketAddressError.UnknownHost {
      throw Failure("cannot listen on \(listen): there is no such host")
    }
  }

  private func serve(_ configuration: RegistryConfiguration, _ logger: Logger) async throws {
    // Whatever is made here is for the owner's eyes alone.
    umask(0o077)
    // In an image of a crashed process there would be passwords and tokens.
    ProcessLimits.lower(RLIMIT_CORE, to: 0)
    let lock = try ServerLock.take(folder: folder.path)
    let store = try RegistryStore(folder: folder.path)
    try store.blobs.sweepUploads()
    if lock.followsUncleanStop { try await examine(store, logger) }
    var server = RegistryServer(
      store: store, host: listen.host, port: listen.port, configuration: configuration, markdown: RenderMarkdown.child,
      logger: logger)
    if let connectionsPerAddress { server.configuration.limits.connectionsPerAddress = connectionsPerAddress }
    server.configuration.limits.share(descriptors: OpenFiles.raiseLimit() - Self.reservedFiles)
    do {
      let publicAddress = configuration.publicAddress
      let first = try await firstInvitation(in: store, logger)
      try await server.run { address in
        // Through stdio and flushed, so that a pipe sees it at once.
        print("http://\(address)")
        fflush(nil)
        if let first { Self.show(OneTimeLink(first, at: publicAddress, listening: ListenAddress(address))) }
      }
    } catch {
      // It never listened, or stopped in order: nothing is half done.
      try store.close()
      lock.release()
      throw error
    }
    try store.close()
    lock.release()
  }

  /// Descriptors for both databases, archives and uploads, beside those of connections.
  private static let reservedFiles = 72

  /// What the link for the first account has; nil once there is one, and on a full disk: what is there is served all the
  /// same.
  private func firstInvitation(in store: RegistryStore, _ logger: Logger) async throws -> Secret? {
    do {
      return try await store.accounts.inviteFirstAccount(at: Date())
    } catch StoreFailure.full {
      logger.warning("no space is left for the link that makes the first account")
      return nil
    }
  }

  private func examine(_ store: RegistryStore, _ logger: Logger) async throws {
    logger.notice("the registry was not stopped cleanly; checking the database")
    let faults = try await store.databaseFaults(thorough: false)
    guard faults.isEmpty else {
      throw Failure("the database is damaged: \(faults.prefix(3).joined(separator: "; ")). Restore it from a backup.")
    }
  }

  private func makeLogger() -> Logger {
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    var logger = Logger(label: "agent-mesh-registry")
    logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
    return logger
  }

  /// Says on stderr, and in no log, how the first account is made; nil where nobody can sign in.
  private static func show(_ first: OneTimeLink?) {
    let text = first.map { "Make the first account here, within three days: \($0)" }
    let line = (text ?? "There is no account yet, and " + OneTimeLink.missingAddress) + "\n"
    FileHandle.standardError.write(Data(line.utf8))
  }
}
