import NIOCore
import Synchronization

/// Counts open connections by where they come from, so that nobody takes them all.
///
/// An IPv6 network of 64 bits, which is what one customer is given, counts as one address.
final class ConnectionsByAddress: Sendable {
  private let counts = Mutex<[[UInt8]: Int]>([:])
  private let limit: Int
  private let countsLoopback: Bool

  init(_ limits: RegistryLimits) {
    limit = limits.connectionsPerAddress
    countsLoopback = limits.countsLoopback
  }

  /// Counts a connection until it is closed; false for one too many.
  func admit(_ channel: any Channel) -> Bool {
    guard let origin = Self.origin(of: channel.remoteAddress), countsLoopback || !Self.isLoopback(origin) else {
      return true
    }
    let count = counts.withLock { counts in
      let count = counts[origin, default: 0] + 1
      counts[origin] = count
      return count
    }
    channel.closeFuture.whenComplete { _ in self.release(origin) }
    return count <= limit
  }

  private func release(_ origin: [UInt8]) {
    counts.withLock { counts in
      let rest = (counts[origin] ?? 0) - 1
      counts[origin] = rest > 0 ? rest : nil
    }
  }

  /// 4 bytes of IPv4, also when it is written as IPv6, or 8 of IPv6; nil for what has no address.
  private static func origin(of address: SocketAddress?) -> [UInt8]? {
    switch address {
    case .v4(let address): return withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
    case .v6(let address):
      let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
      if bytes.starts(with: mapped) { return Array(bytes.dropFirst(mapped.count)) }
      return bytes == loopback ? [127, 0, 0, 1] : Array(bytes.prefix(8))
    case .unixDomainSocket, nil: return nil
    }
  }

  private static func isLoopback(_ origin: [UInt8]) -> Bool { origin.count == 4 && origin[0] == 127 }

  private static let mapped: [UInt8] = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
  private static let loopback: [UInt8] = [UInt8](repeating: 0, count: 15) + [1]
}
