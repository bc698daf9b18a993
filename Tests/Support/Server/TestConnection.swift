import Foundation
import Synchronization

/// The server's end of one connection.
package final class TestConnection: Sendable {
  package struct Gone: Error {}

  private let socket: Int32
  private let state = Mutex((buffer: [UInt8](), isClosed: false))

  package init(_ socket: Int32) {
    self.socket = socket
    var on: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { Foundation.close(socket) }

  package var isClosed: Bool { state.withLock { $0.isClosed } }

  package func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// - Throws: `Gone` when the client has gone.
  package func send(_ bytes: [UInt8]) throws {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { throw Gone() }
      rest = rest.dropFirst(count)
    }
  }

  /// A whole answer.
  package func reply(_ status: Int, headers: [String] = [], _ body: String = "") throws {
    try reply(status, headers: headers, Array(body.utf8))
  }

  package func reply(_ status: Int, headers: [String] = [], _ body: [UInt8]) throws {
    let lines = ["HTTP/1.1 \(status) Some", "Content-Length: \(body.count)"] + headers
    try send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
  }

  /// Closes the connection; `abruptly` with a reset.
  package func close(abruptly: Bool = false) {
    if abruptly {
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    } else {
      shutdown(socket, Int32(SHUT_RDWR))
    }
    state.withLock { $0.isClosed = true }
  }

  /// Returns when the client has closed its end.
  package func waitForEnd() {
    while !receive().isEmpty {}
    state.withLock { $0.isClosed = true }
  }

  /// Nil when the client has closed.
  package func readRequest() -> ReceivedRequest? {
    guard let head = readHead() else { return nil }
    let lines = head.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    var request = ReceivedRequest(method: String(words[0]), target: String(words[1]))
    for line in lines.dropFirst() where !line.isEmpty {
      let parts = line.split(separator: ":", maxSplits: 1)
      request.headers.append(String(parts[0]), parts.last!.trimmingCharacters(in: .whitespaces))
    }
    guard request.headers["Expect"] == nil else { return request }
    request.body = readBody(of: request)
    return request
  }

  package func readBody(of request: ReceivedRequest) -> [UInt8] {
    let size = request.headers["Content-Length"].flatMap { Int($0) } ?? 0
    var body = take(upTo: size)
    while body.count < size {
      let piece = receive()
      if piece.isEmpty { break }
      body += piece
    }
    return body
  }

  /// The next bytes in whatever pieces they come, none once the client has closed: for what is not HTTP any more.
  package func read() -> [UInt8] {
    let buffered = take(upTo: 256 << 10)
    return buffered.isEmpty ? receive() : buffered
  }

  private func readHead() -> String? {
    while true {
      if let head = takeHead() { return head }
      let piece = receive()
      if piece.isEmpty { return nil }
      state.withLock { $0.buffer += piece }
    }
  }

  private func takeHead() -> String? {
    state.withLock { state in
      guard let end = Data(state.buffer).range(of: Data("\r\n\r\n".utf8)) else { return nil }
      defer { state.buffer.removeFirst(end.upperBound) }
      return String(decoding: state.buffer[..<end.lowerBound], as: UTF8.self)
    }
  }

  private func take(upTo size: Int) -> [UInt8] {
    state.withLock { state in
      let count = min(size, state.buffer.count)
      defer { state.buffer.removeFirst(count) }
      return Array(state.buffer[..<count])
    }
  }

  private func receive() -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: 256 << 10)
    let count = recv(socket, &piece, piece.count, 0)
    return count > 0 ? Array(piece[..<count]) : []
  }
}
