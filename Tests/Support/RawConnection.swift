import Foundation

/// A socket on which tests write what no HTTP client would.
package final class RawConnection: Sendable {
  private let descriptor: Int32

  package init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw POSIXError(.ECONNREFUSED) }
  }

  deinit {
    close(descriptor)
  }

  /// False once the other side no longer takes anything.
  @discardableResult package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  @discardableResult package func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if sent <= 0 { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// How reading came to its end.
  package enum End: Sendable {
    /// The text that was waited for stands in what came.
    case found
    case closed
    case reset
    /// Nothing came for 60 seconds.
    case timeout
  }

  package struct Reading: Sendable {
    package var text: String
    package var end: End
  }

  /// Everything until the other side closes, or until `end` stands in it.
  package func read(until end: String? = nil) -> String { reading(until: end).text }

  /// As `read(until:)`, and how it ended.
  package func reading(until end: String? = nil) -> Reading {
    var collected: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 { return Reading(text: String(decoding: collected, as: UTF8.self), end: Self.end(count)) }
      collected += buffer[..<count]
      let text = String(decoding: collected, as: UTF8.self)
      if let end, text.contains(end) { return Reading(text: text, end: .found) }
    }
  }

  /// The next response with a `Content-Length`, its body as bytes; what came of it, without a body, when it is cut
  /// short.
  package func response() -> (head: String, body: [UInt8]) {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        let length = head.firstMatch(of: /content-length: *([0-9]+)/.ignoresCase()).flatMap { Int($0.output.1) } ?? 0
        let body = received[end.upperBound...].prefix(length)
        if body.count == length { return (head, Array(body)) }
      }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 { return (String(decoding: received, as: UTF8.self), []) }
      received += buffer[..<count]
    }
  }

  /// Exactly so many bytes; nil when the other side closes before, or nothing comes for 60 seconds.
  package func bytes(_ count: Int) -> [UInt8]? {
    var collected: [UInt8] = []
    while collected.count < count {
      var buffer = [UInt8](repeating: 0, count: count - collected.count)
      let received = recv(descriptor, &buffer, buffer.count, 0)
      if received <= 0 { return nil }
      collected += buffer[..<received]
    }
    return collected
  }

  private static func end(_ count: Int) -> End {
    if count == 0 { return .closed }
    return errno == EAGAIN || errno == EWOULDBLOCK ? .timeout : .reset
  }
}

/// Runs blocking work on a thread of its own.
package func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}
