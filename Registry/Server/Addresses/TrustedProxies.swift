import HTTPTypes
import Hummingbird

/// The proxies whose word counts about who asks through them.
struct TrustedProxies: Sendable {
  let ranges: [AddressRange]

  func include(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }

  /// Who sent a request: the last machine on its way that is none of the proxies.
  ///
  /// Everything in `X-Forwarded-For` before that may be made up by the client.
  func sender(of request: Request, peer: IPAddress?) -> IPAddress? {
    sender(forwardedFor: request.headers[values: .forwardedFor], peer: peer)
  }

  /// As `sender(of:peer:)`, from the values of that field, which are read of a proxy alone.
  func sender(forwardedFor values: @autoclosure () -> [String], peer: IPAddress?) -> IPAddress? {
    guard var address = peer, include(address) else { return peer }
    let hops = values().joined(separator: ",").split(separator: ",")
    for hop in hops.reversed() where include(address) {
      guard let next = IPAddress(hop.trimmingPrefix(while: \.isWhitespace).prefix { !$0.isWhitespace }) else { break }
      address = next
    }
    return address
  }
}
