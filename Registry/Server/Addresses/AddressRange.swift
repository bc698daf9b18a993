/// Addresses that begin with the same bits: a block of CIDR (RFC 4632, section 3.1).
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
