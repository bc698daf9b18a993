import NIOHTTP1
import Skills

/// What the head of a request must be beyond what the parser demands.
///
/// So that no two readers, a proxy and this server, take one request for two or see different ones (RFC 9112, sections
/// 3.2 and 6.1).
enum RequestRules {
  /// Which rule a head breaks, in words; nil when it is good.
  ///
  /// - Parameter mayUpgrade: Whether there is another protocol at its path.
  static func fault(in head: HTTPRequestHead, _ fields: FramingFields, mayUpgrade: Bool = false) -> String? {
    // After either of them the parser takes what follows for another protocol, and nobody would answer it.
    if head.method == .CONNECT { return "CONNECT is for proxies, and this is none" }
    if fields.asksToUpgrade, !mayUpgrade {
      return "it asks for another protocol than HTTP/1.1, which is the only one here"
    }
    if fields.hosts > 1 { return "it has more than one Host" }
    if fields.hosts == 1 {
      if !isAuthority(fields.host) { return "its Host is no host" }
    } else if head.version != .http1_0 {
      return "it has no Host"
    }
    if fields.encodings == 0 { return nil }
    guard head.version == .http1_1, fields.encodings == 1, fields.encoding.lowercased() == "chunked" else {
      return "its Transfer-Encoding is not chunked"
    }
    return fields.hasLength ? "it has two lengths" : nil
  }

  /// A name or an address, the latter in brackets when it has colons, and perhaps a port.
  private static func isAuthority(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let address = rest[rest.index(after: rest.startIndex)..<end]
      guard !address.isEmpty, address.allSatisfy(isInAddress) else { return false }
      rest = rest[rest.index(after: end)...]
    } else {
      let name = rest.prefix(while: isInName)
      guard !name.isEmpty else { return false }
      rest = rest[name.endIndex...]
    }
    if rest.isEmpty { return true }
    guard rest.popFirst() == UInt8(ascii: ":"), rest.allSatisfy(\.isDigit) else { return false }
    return rest.isEmpty || UInt16(String(decoding: rest, as: UTF8.self)) != nil
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || "-._".utf8.contains(byte)
  }

  private static func isInAddress(_ byte: UInt8) -> Bool {
    byte.isHexDigit || ":.".utf8.contains(byte)
  }
}
