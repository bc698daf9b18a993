import HTTPTransport
import Skills

/// Where a registry is: an `https` address, or `http` on this machine, optionally with a path in front of all routes.
package struct RegistryAddress: Hashable, Sendable, CustomStringConvertible {
  /// The registry that `agent-mesh-registry serve` runs when it is told nothing.
  package static let local = "http://127.0.0.1:7117"

  /// Without a slash at its end.
  package let text: String
  package let origin: Origin

  package init(parsing text: String) throws(MeshError) {
    let trimmed = String(text.reversed().drop { $0 == "/" }.reversed())
    guard let url = try? HTTPURL(parsing: trimmed), !url.target.contains("?") else {
      throw MeshError(
        .usage, "'\(TerminalText.escaped(text, limit: 200))' is not the address of a registry",
        hint: "Write it as https://host or http://127.0.0.1:7117.")
    }
    origin = url.origin
    self.text = trimmed
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
