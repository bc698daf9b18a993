/// Where a connection comes from: an IPv4 address, or the IPv6 network of 64 bits that one customer is given.
package struct NetworkOrigin: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ address: IPAddress) {
    bytes = address.bytes.count == 4 || address.isLoopback ? address.bytes : Array(address.bytes.prefix(8))
  }

  /// The same text for every address of it.
  var text: String { bytes.map(String.init).joined(separator: ".") }
}
