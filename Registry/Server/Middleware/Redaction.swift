import RegistryAPI
import Skills

/// Takes secrets out of what is logged: all that follows the prefix of a token or a ticket, the word `Bearer`, or
/// in a path the folder of one-time links.
enum Redaction {
  private static let prefixes = ["ah_", "ct_", "sb_"]

  /// A path as it may stand in a log: decoded, on one line, at most 300 characters, without secrets.
  static func path(_ path: String) -> String {
    let decoded = PercentEncoding.decode(path, keepingBroken: true) ?? path
    let parts = decoded.split(separator: "/")
    // Wherever it stands: a proxy may have a prefix before it.
    guard let link = parts.firstIndex(of: linkFolder) else { return Message(text(decoded)).description }
    return Message(text("/" + parts[...link].joined(separator: "/"))).description + "/…"
  }

  /// What follows it is the secret of a one-time link.
  private static let linkFolder = Route.link.rawValue.split(separator: "/")[0]

  /// `text` with `…` in place of secrets.
  static func text(_ text: String) -> String {
    // Every request is logged, and hardly one has anything to hide.
    let lowered = text.lowercased()
    guard (prefixes + ["bearer"]).contains(where: { lowered.range(of: $0) != nil }) else { return text }
    var result = ""
    var rest = text[...]
    var followsBearer = false
    while let first = rest.first {
      let word = rest.prefix { isPartOfWord($0) == isPartOfWord(first) }
      rest = rest[word.endIndex...]
      guard isPartOfWord(first) else {
        result += word
        continue
      }
      result += followsBearer ? "…" : shown(word)
      followsBearer = word.lowercased() == "bearer"
    }
    return result
  }

  private static func shown(_ word: Substring) -> String {
    let lowered = word.lowercased()
    let secrets = prefixes.compactMap { lowered.range(of: $0) }
    guard let start = secrets.map(\.upperBound).min() else { return String(word) }
    return String(word.prefix(lowered.distance(from: lowered.startIndex, to: start))) + "…"
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-"
  }
}
