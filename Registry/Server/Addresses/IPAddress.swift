import NIOCore

/// The address of a machine: 4 bytes of IPv4, also when it is written as IPv6, or 16 of IPv6.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  /// Nil for what has no address.
  package init?(_ address: SocketAddress?) {
    switch address {
    case .v4(let address): bytes = withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
    case .v6(let address):
      let all = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
      bytes = all.starts(with: Self.mapped) ? Array(all.dropFirst(Self.mapped.count)) : all
    case .unixDomainSocket, nil: return nil
    }
  }

  package init?(_ text: some StringProtocol) {
    self.init(try? SocketAddress(ipAddress: String(text), port: 0))
  }

  package var isLoopback: Bool { bytes.count == 4 ? bytes[0] == 127 : bytes == Self.loopback }

  package var description: String {
    let packed = ByteBuffer(bytes: bytes)
    return (try? SocketAddress(packedIPAddress: packed, port: 0))?.ipAddress ?? ""
  }

  private static let mapped: [UInt8] = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
  private static let loopback: [UInt8] = [UInt8](repeating: 0, count: 15) + [1]
}
