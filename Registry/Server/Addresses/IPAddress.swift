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
    if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
    let packed = ByteBuffer(bytes: bytes)
    return (try? SocketAddress(packedIPAddress: packed, port: 0))?.ipAddress ?? ""
  }

  private static let mapped: [UInt8] = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
  private static let loopback: [UInt8] = [UInt8](repeating: 0, count: 15) + [1]
}

/// Addresses that begin with the same bits.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  private let bytes: [UInt8]
  private let length: Int
  package let description: String

  /// Reads an address, or one with the number of bits that count, as `10.0.0.0/8`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    description = String(text)
    guard let first = parts.first, let address = IPAddress(first) else { return nil }
    bytes = address.bytes
    length = parts.count == 2 ? Int(parts[1]) ?? -1 : bytes.count * 8
    guard (0...bytes.count * 8).contains(length) else { return nil }
  }

  package func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == bytes.count else { return false }
    return zip(bytes, address.bytes).enumerated().allSatisfy { index, pair in
      let counting = min(8, max(0, length - index * 8))
      let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - counting))
      return pair.0 & mask == pair.1 & mask
    }
  }
}
