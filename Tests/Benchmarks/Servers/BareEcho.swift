import Foundation

/// A WebSocket echo of the framework alone, in a process of its own; it stops when the value goes out of use.
struct BareEcho: ~Copyable {
  let port: UInt16
  private let process: Child

  static func start(in scratch: Scratch) throws -> BareEcho {
    let port = try Loopback.freePort()
    var command = try Command.benchmarks([EchoServer.option, "\(port)"])
    command.errors = .file(scratch["echo-errors"])
    let echo = BareEcho(port: port, process: try Child.start(command))
    for _ in 0..<500 where echo.process.isRunning {
      if (try? HTTPConnection.open(port: port)) != nil { return echo }
      Thread.sleep(forTimeInterval: 0.02)
    }
    let said = try? String(contentsOfFile: scratch["echo-errors"].string, encoding: .utf8)
    throw Failure("the bare echo did not start: \(said ?? "")")
  }

  private init(port: UInt16, process: consuming Child) {
    self.port = port
    self.process = process
  }

  func usage() throws -> ProcessUsage { try process.usage() }
}
