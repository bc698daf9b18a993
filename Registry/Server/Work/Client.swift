import NIOCore

/// Who asks, as far as turns and limits tell clients apart: an address, or a connection of this machine, on which a
/// proxy may speak for everybody.
package enum Client: Hashable, Sendable {
  case address(NetworkOrigin)
  case connection(ObjectIdentifier)

  init(_ channel: any Channel) {
    if let origin = NetworkOrigin(channel.remoteAddress), !origin.isLoopback {
      self = .address(origin)
    } else {
      self = .connection(ObjectIdentifier(channel))
    }
  }
}

/// Where a connection comes from: an IPv4 address, or the IPv6 network of 64 bits that one customer is given.
package struct NetworkOrigin: Hashable, Sendable {
  /// 4 bytes of IPv4, also when it is written as IPv6, or 8 of IPv6.
  private let bytes: [UInt8]

  /// Nil for what has no address.
  init?(_ address: SocketAddress?) {
    switch address {
    case .v4(let address): bytes = withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
    case .v6(let address): bytes = Self.origin(withUnsafeBytes(of: address.address.sin6_addr) { Array($0) })
    case .unixDomainSocket, nil: return nil
    }
  }

  var isLoopback: Bool { bytes.count == 4 && bytes[0] == 127 }

  private static func origin(_ address: [UInt8]) -> [UInt8] {
    if address.starts(with: mapped) { return Array(address.dropFirst(mapped.count)) }
    return address == loopback ? [127, 0, 0, 1] : Array(address.prefix(8))
  }

  private static let mapped: [UInt8] = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
  private static let loopback: [UInt8] = [UInt8](repeating: 0, count: 15) + [1]
}
