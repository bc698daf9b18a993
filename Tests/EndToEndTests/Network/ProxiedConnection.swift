import Foundation
import Synchronization

/// How a connection breaks.
enum Cut: Sendable {
  /// Both ends are told at once.
  case reset
  /// Nothing passes any more, and no end is told.
  case blackHole
  /// The server's end is closed, and the client is not told.
  case serverGone
  /// The client's end is closed, and the server is not told.
  case clientGone
}

/// What comes from one socket goes to another, and the other way round, until it is cut.
final class ProxiedConnection: Sendable {
  private struct State {
    /// What still comes goes nowhere, the end of a connection too.
    var isSilent = false
    var isClosed = false
    /// Directions of which the end has come.
    var ended = 0
  }

  private let client: Int32
  private let server: Int32
  private let state = Mutex(State())

  init(client: Int32, server: Int32) {
    (self.client, self.server) = (client, server)
    for socket in [client, server] {
      _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
      var on: Int32 = 1
      setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
      // A thread that sends to whoever does not read ends by itself.
      var longest = timeval(tv_sec: 60, tv_usec: 0)
      setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &longest, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  func start() {
    Thread.detachNewThread { self.pump(from: self.client, to: self.server) }
    Thread.detachNewThread { self.pump(from: self.server, to: self.client) }
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// - Returns: False for one that was over already, or is cut.
  func cut(_ kind: Cut) -> Bool {
    state.withLock { state in
      guard !state.isClosed, !state.isSilent else { return false }
      state.isSilent = true
      switch kind {
      case .reset: for socket in [client, server] { reset(socket) }
      case .blackHole: break
      case .serverGone: shutdown(server, Int32(SHUT_RDWR))
      case .clientGone: shutdown(client, Int32(SHUT_RDWR))
      }
      return true
    }
  }

  /// Sees to it that the other end is told by a reset, and by nothing before, when the socket is closed.
  private func reset(_ socket: Int32) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    shutdown(socket, Int32(SHUT_RD))
  }

  private func pump(from source: Int32, to sink: Int32) {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while case let count = recv(source, &buffer, buffer.count, 0), count > 0 {
      if state.withLock({ $0.isSilent }) { continue }
      guard write(buffer[..<count], to: sink) else { break }
    }
    end(source, sink)
  }

  private func end(_ source: Int32, _ sink: Int32) {
    state.withLock { state in
      if !state.isSilent {
        shutdown(sink, Int32(SHUT_WR))
        shutdown(source, Int32(SHUT_RD))
      }
      state.ended += 1
      guard state.ended == 2 else { return }
      state.isClosed = true
      close(client)
      close(server)
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, to sink: Int32) -> Bool {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(sink, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
