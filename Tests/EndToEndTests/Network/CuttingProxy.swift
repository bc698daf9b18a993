import Foundation
import Synchronization

/// A proxy on a loopback port that breaks, on command, the connections that there are; later ones are whole again.
///
/// Two threads for each connection.
final class CuttingProxy: Sendable {
  let port: Int
  /// The port that connections are passed on to from now on.
  let target: Atomic<Int>
  private let listener: Int32
  private let connections = Mutex<[ProxiedConnection]>([])

  var url: String { "http://127.0.0.1:\(port)" }

  init(to target: Int) throws {
    self.target = Atomic(target)
    (listener, port) = try Self.listen()
    let listener = listener
    Thread.detachNewThread { [weak self] in
      while true {
        let socket = accept(listener, nil, nil)
        if socket < 0 { break }
        self?.pass(on: socket)
      }
      // Closed only here: elsewhere the number could belong to another socket when this thread uses it next.
      close(listener)
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    cut(.reset)
  }

  /// Breaks all connections.
  ///
  /// - Returns: How many there were.
  @discardableResult func cut(_ kind: Cut) -> Int {
    connections.withLock { connections in
      connections.removeAll(where: \.isClosed)
      return connections.count(where: { $0.cut(kind) })
    }
  }

  private func pass(on client: Int32) {
    guard let server = try? Self.connect(to: target.load(ordering: .relaxed)) else {
      close(client)
      return
    }
    let connection = ProxiedConnection(client: client, server: server)
    connections.withLock { connections in
      connections.removeAll(where: \.isClosed)
      connections.append(connection)
    }
    connection.start()
  }

  private static func makeSocket() -> Int32 {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  private static func address(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func listen() throws -> (Int32, Int) {
    let listener = makeSocket()
    var address = address(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) | Foundation.listen(listener, 512) | getsockname(listener, generic, &size)
      }
    }
    guard status == 0 else { throw Registry.Failure("no loopback port") }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }

  private static func connect(to port: Int) throws -> Int32 {
    let server = makeSocket()
    var address = address(port)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        Foundation.connect(server, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      close(server)
      throw Registry.Failure("nobody listens on \(port)")
    }
    return server
  }
}
