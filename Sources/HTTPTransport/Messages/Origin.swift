#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Scheme, host and port: what a credential is bound to (RFC 6454).
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  package enum Scheme: String, Sendable {
    case http
    case https

    var defaultPort: Int { self == .https ? 443 : 80 }
  }

  package let scheme: Scheme
  /// In lower case; an IPv6 address without its brackets.
  package let host: String
  package let port: Int

  /// Nil unless `authority` is `host` or `host:port`.
  init?(scheme: Scheme, authority: Substring) {
    guard let (host, port) = Self.split(authority) else { return nil }
    self.scheme = scheme
    self.host = host.lowercased()
    guard let port else {
      self.port = scheme.defaultPort
      return
    }
    guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port) else { return nil }
    guard (1...65_535).contains(number) else { return nil }
    self.port = number
  }

  package var description: String { "\(scheme.rawValue)://\(authority)" }

  /// The host, and the port unless it is the scheme's own: what `Host` says.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == scheme.defaultPort ? name : "\(name):\(port)"
  }

  /// Whether both lead to one server: the same origin, or the same port of this machine by two of its names.
  ///
  /// For saying what belongs together; tokens go by the origin as it is written.
  package func isSameServer(as other: Origin) -> Bool {
    self == other || (isLoopback && other.isLoopback && scheme == other.scheme && port == other.port)
  }

  /// Whether the host can only be this machine: `localhost`, `127.0.0.0/8` in four plain numbers, `::1`.
  package var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 4, numbers[0] == "127" else { return false }
    // A leading zero means octal to some readers, so such a host is not taken for anything.
    return numbers.allSatisfy { UInt8($0).map(String.init) == String($0) }
  }

  /// Whether the host may be this machine in any spelling that a resolver takes, such as `127.1`, `2130706433`, `0`,
  /// `::ffff:127.0.0.1` or `localhost.`: for refusing, where `isLoopback` is for trusting.
  package var mayBeLoopback: Bool {
    let name = host.hasSuffix(".") ? String(host.dropLast()) : host
    if name == "localhost" || name.hasSuffix(".localhost") { return true }
    var address = in_addr()
    // The addresses of "this host" (RFC 1122, 3.2.1.3) reach it, too.
    if inet_aton(name, &address) != 0 { return [0, 127].contains(UInt32(bigEndian: address.s_addr) >> 24) }
    var long = in6_addr()
    guard inet_pton(AF_INET6, name, &long) == 1 else { return false }
    // `::1`, `::`, and the same of IPv4 within an address of IPv6 (RFC 4291, 2.5.5).
    let bytes = withUnsafeBytes(of: &long) { Array($0) }
    return bytes[..<10].allSatisfy { $0 == 0 } && [0, 127].contains(bytes[12])
  }

  private static func split(_ authority: Substring) -> (host: Substring, port: Substring?)? {
    let isBracketed = authority.hasPrefix("[")
    let end = isBracketed ? authority.firstIndex(of: "]") : authority.firstIndex(of: ":") ?? authority.endIndex
    guard let end else { return nil }
    let host = isBracketed ? authority[..<end].dropFirst() : authority[..<end]
    let rest = isBracketed ? authority[end...].dropFirst() : authority[end...]
    guard !host.isEmpty, host.utf8.allSatisfy(isBracketed ? isAddressByte : isNameByte) else { return nil }
    if rest.isEmpty { return (host, nil) }
    return rest.hasPrefix(":") ? (host, rest.dropFirst()) : nil
  }

  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
    case UInt8(ascii: "."): true
    default: false
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
