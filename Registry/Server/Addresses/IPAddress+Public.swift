extension IPAddress {
  /// Whether it can be a machine of the open network, and none of this one's own (RFC 6890, and the registries of IANA
  /// for special purposes).
  ///
  /// Of IPv6 only what is given out for unicast: loopback, link-local, site-local, unique local, multicast and whatever
  /// carries an IPv4 address, be it compatible, mapped or of NAT64, lie outside.
  package var isPublic: Bool {
    if bytes.count == 4 { return !Self.specialIPv4.contains { $0.contains(self) } }
    return Self.unicast.contains { $0.contains(self) } && !Self.specialIPv6.contains { $0.contains(self) }
  }

  private static let specialIPv4 = ranges(
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4")

  private static let unicast = ranges("2000::/3")

  /// Assignments of the IETF, Teredo among them; documentation; 6to4; documentation.
  private static let specialIPv6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

  private static func ranges(_ texts: String...) -> [AddressRange] { texts.compactMap { AddressRange($0) } }
}
