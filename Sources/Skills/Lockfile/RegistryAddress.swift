/// The address of a registry, as `skills.json` and `skills.lock` hold it.
enum RegistryAddress {
  private static let maximumBytes = 2_048

  /// - Returns: The text itself.
  /// - Throws: `NameRefusal` for what is no `https://` or `http://` address of a host, or carries a password.
  static func checked(_ text: String) throws(NameRefusal) -> String {
    guard text.utf8.count <= maximumBytes else { throw refusal(text, "it is longer than \(maximumBytes) bytes") }
    let isClean = text.unicodeScalars.allSatisfy { !TerminalText.isUnsafe($0) && $0 != " " }
    guard isClean, let parts = parts(of: text), !parts.host.isEmpty else {
      throw refusal(text, "write it as https://host or http://host")
    }
    guard !parts.host.contains("@") else {
      throw refusal("…", "it carries a name or a password; log in with agent-mesh login instead")
    }
    return text
  }

  /// The same for two texts that name one registry: scheme and host in lower case, no slash at the end.
  static func normal(_ text: String) -> String {
    var text = text[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    guard let parts = parts(of: String(text)) else { return String(text) }
    return parts.scheme + parts.host.lowercased() + parts.rest
  }

  private static func parts(of text: String) -> (scheme: String, host: Substring, rest: Substring)? {
    for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
      let behind = text.dropFirst(scheme.count)
      let end = behind.firstIndex { "/?#".contains($0) } ?? behind.endIndex
      return (scheme, behind[..<end], behind[end...])
    }
    return nil
  }

  private static func refusal(_ text: String, _ reason: String) -> NameRefusal {
    NameRefusal(kind: "the address of a registry", text: text, reason: reason)
  }
}
