import Foundation

/// A NATS server with its standard settings; it stops when the value goes out of use.
struct NATSServer: ~Copyable {
  let port: UInt16
  private let process: Child

  static func start(_ program: String, in scratch: Scratch) throws -> NATSServer {
    let port = try Loopback.freePort()
    var command = Command(program, ["-a", "127.0.0.1", "-p", "\(port)"])
    command.errors = .file(scratch["nats-errors"])
    let server = NATSServer(port: port, process: try Child.start(command))
    for _ in 0..<500 where server.process.isRunning {
      if (try? HTTPConnection.open(port: port)) != nil { return server }
      Thread.sleep(forTimeInterval: 0.02)
    }
    let said = try? String(contentsOfFile: scratch["nats-errors"].string, encoding: .utf8)
    throw Failure("the NATS server did not start: \(said ?? "")")
  }

  private init(port: UInt16, process: consuming Child) {
    self.port = port
    self.process = process
  }

  func usage() throws -> ProcessUsage { try process.usage() }
}
