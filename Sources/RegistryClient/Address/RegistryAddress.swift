import HTTPTransport
import Skills

/// Where a registry is: an `https` address, or `http` on this machine, optionally with a path in front of all routes.
package struct RegistryAddress: Hashable, Sendable, CustomStringConvertible {
  /// The registry that `agent-mesh-registry serve` runs when it is told nothing.
  package static let local = "http://127.0.0.1:7117"

  /// Scheme and host in lower case, no port where it is the usual one, no slash at the end: one text for one registry.
  package let text: String
  package let origin: Origin

  package init(parsing text: String) throws(MeshError) {
    guard let url = try? HTTPURL(parsing: text), !text.contains("#"), !url.target.contains("?") else {
      throw MeshError(
        .usage, "'\(text, limit: 200)' is not the address of a registry",
        hint: "Write it as https://host or http://127.0.0.1:7117.")
    }
    origin = url.origin
    self.text = String(url.text.reversed().drop { $0 == "/" }.reversed())
  }

  package var description: String { text }

  func url(_ path: String) throws(MeshError) -> HTTPURL {
    do {
      return try HTTPURL(parsing: text + path)
    } catch {
      throw MeshError(.validationError, "\(error)")
    }
  }
}
