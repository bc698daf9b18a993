import Foundation

/// A NATS server with its standard settings; it stops when the value goes out of use.
struct NATSServer: ~Copyable {
  let port: UInt16
  private let process: Child

  static func start(_ program: String, in scratch: Scratch) throws -> NATSServer {
    let port = try Loopback.freePort()
    let command = Command(program, ["-a", "127.0.0.1", "-p", "\(port)"])
    let process = try Child.server("the NATS server", command, on: port, errors: scratch["nats-errors"])
    return NATSServer(port: port, process: process)
  }

  private init(port: UInt16, process: consuming Child) {
    self.port = port
    self.process = process
  }

  func usage() throws -> ProcessUsage { try process.usage() }
}
