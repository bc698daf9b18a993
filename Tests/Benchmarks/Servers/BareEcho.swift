import Foundation

/// A WebSocket echo of the framework alone, in a process of its own; it stops when the value goes out of use.
struct BareEcho: ~Copyable {
  let port: UInt16
  private let process: Child

  /// - Parameter port: Of an earlier one that was ended; nil for one that is free.
  static func start(in scratch: Scratch, port: UInt16? = nil) throws -> BareEcho {
    let port = try port ?? Loopback.freePort()
    let command = try Command.benchmarks([EchoServer.option, "\(port)"])
    let process = try Child.server("the bare echo", command, on: port, errors: scratch["echo-errors"])
    return BareEcho(port: port, process: process)
  }

  private init(port: UInt16, process: consuming Child) {
    self.port = port
    self.process = process
  }

  /// Ends it as a crash would, and starts it again on the same port.
  consuming func restarted(in scratch: Scratch) throws -> BareEcho {
    let port = port
    Self.crash(process)
    return try Self.start(in: scratch, port: port)
  }

  private static func crash(_ process: consuming Child) { process.send(SIGKILL) }

  func usage() throws -> ProcessUsage { try process.usage() }
}
