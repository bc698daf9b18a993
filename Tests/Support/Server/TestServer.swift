import Foundation
import Synchronization

/// A server on a loopback port whose every byte the test decides.
///
/// One thread for each connection.
package final class TestServer: Sendable {
  package typealias Handler = @Sendable (ReceivedRequest, TestConnection) throws -> Void

  package let port: Int
  private let listener: Int32
  private let record = Mutex(Record())

  private struct Record {
    var accepted = 0
    var requests: [ReceivedRequest] = []
  }

  package init(_ handler: @escaping Handler) {
    (listener, port) = Self.listen()
    let listener = listener
    Thread.detachNewThread { [weak self] in
      while true {
        let socket = accept(listener, nil, nil)
        if socket < 0 { break }
        self?.record.withLock { $0.accepted += 1 }
        Thread.detachNewThread { [weak self] in
          let connection = TestConnection(socket)
          while let request = connection.readRequest() {
            self?.record.withLock { $0.requests.append(request) }
            do { try handler(request, connection) } catch { return }
            if connection.isClosed { return }
          }
        }
      }
      // Closed only here: elsewhere the number could belong to another server when this thread uses it next.
      close(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// Connections that were accepted so far.
  package var accepted: Int { record.withLock { $0.accepted } }
  package var requests: [ReceivedRequest] { record.withLock { $0.requests } }

  /// A port where nobody listens.
  ///
  /// It lies outside the range that systems give away, so that no other test can be given it meanwhile.
  package static func closedPort() -> Int { 1 }

  private static func listen() -> (Int32, Int) {
    #if canImport(Darwin)
      let listener = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) | Foundation.listen(listener, 128) | getsockname(listener, generic, &size)
      }
    }
    precondition(status == 0, "no loopback port")
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }
}
