import Skills

/// Which addresses the registry may call on behalf of others: those of the open network, and what the operator names.
struct CallbackGuard: Sendable {
  /// The addresses of a host; empty where it has none.
  ///
  /// - Throws: `unavailable` when it cannot be asked now.
  typealias Resolver = @Sendable (_ host: String) async throws -> [IPAddress]

  private static let ports = [443, 8443]

  /// Those that may also be on a private network, and need no TLS.
  let privateOrigins: Set<WebOrigin>
  let resolve: Resolver

  /// What to connect to, which is asked for each time: a name may lead elsewhere by then.
  ///
  /// - Throws: `validationError`, also when only one of several addresses is not public.
  func destination(of url: CallbackURL) async throws -> IPAddress {
    let isPrivate = privateOrigins.contains(url.origin)
    if !isPrivate { try checkText(of: url) }
    let addresses = if let address = IPAddress(url.host) { [address] } else { try await resolve(url.host) }
    guard let first = addresses.first else {
      throw MeshError(.validationError, "the host '\(url.host, limit: 120)' has no address", hint: "Check its name.")
    }
    guard isPrivate || addresses.allSatisfy(\.isPublic) else {
      throw Self.refusal("the host '\(url.host, limit: 120)' is not on the open network")
    }
    return first
  }

  /// What can be said without a resolver.
  func checkText(of url: CallbackURL) throws(MeshError) {
    guard url.origin.isSecure else { throw Self.refusal("callbacks go to https addresses alone") }
    guard Self.ports.contains(url.origin.port) else { throw Self.refusal("callbacks go to port 443 or 8443 alone") }
    guard Self.isPlain(url.host) else {
      throw Self.refusal("'\(url.host, limit: 120)' is neither a full name nor a plain address")
    }
  }

  /// Names of several parts without a dot at the end, IPv6 that is no IPv4, and IPv4 as four decimal numbers: what else
  /// ends in a number is another spelling of IPv4 to some readers (WHATWG URL, "ends in a number").
  private static func isPlain(_ host: String) -> Bool {
    if let address = IPAddress(host) {
      return host.contains(":") ? address.bytes.count == 16 : address.description == host
    }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last else { return false }
    return !last.utf8.allSatisfy(\.isDigit) && !last.hasPrefix("0x")
  }

  private static func refusal(_ reason: Message) -> MeshError {
    MeshError(
      .validationError, reason,
      hint: "The operator of the registry can allow others by the key callback_origins of its configuration.")
  }
}
