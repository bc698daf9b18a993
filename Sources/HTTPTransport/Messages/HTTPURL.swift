/// An absolute `http` or `https` address, read strictly so that nobody can read it differently.
///
/// Printable ASCII only, no user information, no fragment, a host that is a plain name, an IPv4 address or a bracketed
/// IPv6 address. Scheme and host are kept in lower case, path and query as they were written.
package struct HTTPURL: Hashable, Sendable, CustomStringConvertible {
  package static let maximumBytes = 8192

  package let origin: Origin
  /// Path and query, starting with `/`.
  package let target: String

  /// - Throws: `.invalidURL`.
  package init(parsing text: String) throws(TransportError) {
    guard let parts = Self.parts(of: text) else {
      throw TransportError(.invalidURL, at: Self.redacting(text))
    }
    (origin, target) = parts
  }

  /// Goes onto the wire and may carry secrets in its query: not for messages.
  package var text: String { "\(origin)\(target)" }

  /// The address without its query, nor a one-time ticket in its path, for messages and logs.
  package var description: String {
    let path = target.prefix { $0 != "?" }
    guard let ticket = path.ranges(of: "/connect/ct_").first else { return "\(origin)\(path)" }
    return "\(origin)\(path[..<ticket.lowerBound])/connect/…"
  }

  /// As `description` for a text that need not be an address: neither user information nor a query nor a fragment.
  static func redacting(_ text: String) -> String {
    let visible = text.prefix { $0 != "?" && $0 != "#" }
    guard let at = visible.lastIndex(of: "@") else { return String(visible.prefix(200)) }
    return "…\(visible[at...].prefix(200))"
  }

  private static func parts(of text: String) -> (Origin, String)? {
    guard text.utf8.count <= maximumBytes, text.utf8.allSatisfy(isAllowed) else { return nil }
    guard let separator = text.firstIndex(of: ":"), text[separator...].hasPrefix("://") else { return nil }
    guard let scheme = Origin.Scheme(rawValue: text[..<separator].lowercased()) else { return nil }
    let rest = text[separator...].dropFirst(3).prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard let origin = Origin(scheme: scheme, authority: authority) else { return nil }
    let target = rest[authority.endIndex...]
    return (origin, target.hasPrefix("/") ? String(target) : "/\(target)")
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): false
    case 0x21...0x7E: true
    default: false
    }
  }
}
