import Skills

/// Where a callback goes, read so strictly that nobody can read it differently.
struct CallbackURL: Sendable, Hashable {
  static let maximumBytes = 2_000

  let text: String
  let origin: WebOrigin

  /// - Throws: `validationError` for anything but `http` or `https`, a plain host, and perhaps a port, a path and a
  ///   query: no user information, no fragment, nothing but visible ASCII.
  init(parsing text: String) throws(MeshError) {
    guard text.utf8.count <= Self.maximumBytes, text.utf8.allSatisfy(Self.isAllowed),
      let origin = Self.origin(of: text)
    else {
      throw MeshError(
        .validationError, "'\(text, limit: 120)' is no address for callbacks",
        hint: "Give one such as https://hooks.example.org/done, of at most \(Self.maximumBytes) bytes.")
    }
    self.text = text
    self.origin = origin
  }

  /// The host without the brackets of IPv6.
  var host: String { origin.host.hasPrefix("[") ? String(origin.host.dropFirst().dropLast()) : origin.host }

  private static func origin(of text: String) -> WebOrigin? {
    let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let authority = parts[1].prefix { $0 != "/" && $0 != "?" }
    return WebOrigin("\(parts[0])://\(authority)")
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte.isVisible && !#"\"<>#"#.utf8.contains(byte)
  }
}
