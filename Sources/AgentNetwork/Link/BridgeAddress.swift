import HTTPTransport
import Skills
import TransportErrors

/// Where the bridge of a registry is: `wss://host/ws`, or `ws` on this machine.
package struct BridgeAddress: Hashable, Sendable, CustomStringConvertible {
  /// With `wss` or `ws`.
  package let description: String
  private let url: HTTPURL

  /// - Parameter text: With `wss` or `ws`, or with `https` or `http`, which mean the same.
  /// - Throws: `usage`.
  package init(parsing text: String) throws(MeshError) {
    let (scheme, rest) = Self.parts(of: text)
    guard let url = try? HTTPURL(parsing: "\(scheme)\(rest)"), !url.target.contains("?") else {
      throw MeshError(
        .usage, "'\(text, limit: 200)' is not the address of a bridge",
        hint: "Write it as wss://host/ws or ws://127.0.0.1:7117/ws.")
    }
    self.url = url
    description = "ws" + url.text.dropFirst("http".count)
  }

  /// That of a registry which says nothing else.
  ///
  /// - Parameter registry: Its address as text.
  package init(ofRegistry registry: String) throws(MeshError) { try self.init(parsing: registry + "/ws") }

  package var origin: Origin { url.origin }

  func url(of agentId: String) throws(MeshError) -> HTTPURL {
    do {
      return try HTTPURL(parsing: "\(url.text)?agent_id=\(PercentEncoding.component(agentId))")
    } catch {
      throw error.meshError
    }
  }

  private static func parts(of text: String) -> (scheme: String, rest: Substring) {
    for (scheme, plain) in [("wss://", "https://"), ("ws://", "http://")] where text.lowercased().hasPrefix(scheme) {
      return (plain, text.dropFirst(scheme.count))
    }
    return ("", text[...])
  }
}
