/// Scheme, host and port of what a browser reads, as the browser names it (RFC 6454, section 6.2).
package struct WebOrigin: Hashable, Sendable, CustomStringConvertible {
  package let isSecure: Bool
  /// In lower case; an IPv6 address in brackets.
  package let host: String
  package let port: Int

  /// Reads `https://host:port`, with or without the port and a slash; nil for anything more.
  package init?(_ text: String) {
    let form = #/(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?/?/#
    guard let parts = text.lowercased().wholeMatch(of: form)?.output else { return nil }
    isSecure = parts.1 == "https"
    host = String(parts.2)
    let standard = isSecure ? 443 : 80
    let port = parts.3.map { Int($0) ?? 0 } ?? standard
    guard (1...65_535).contains(port) else { return nil }
    self.port = port
  }

  /// Whether it is this machine, by a name that nobody else can be reached by.
  package var isLoopback: Bool {
    let parts = host.split(separator: ".")
    let isAddress = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || host == "[::1]" || isAddress && parts[0] == "127"
  }

  package var description: String {
    let scheme = isSecure ? "https" : "http"
    return port == (isSecure ? 443 : 80) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
  }
}
