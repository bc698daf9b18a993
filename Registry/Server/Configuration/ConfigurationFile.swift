/// `key = value`, one a line; `#` at the beginning of a line is a comment.
enum ConfigurationFile {
  struct Entry {
    var line: Int
    var key: ConfigurationKey
    var value: String
  }

  /// What each line says, or what is wrong with it; nothing for empty lines and comments.
  static func entries(_ text: String) -> [Result<Entry, ConfigurationFault>] {
    var entries: [Result<Entry, ConfigurationFault>] = []
    var lines: [String: Int] = [:]
    // Some editors begin a file with a byte order mark.
    let content = text.drop { $0 == "\u{FEFF}" }
    for (index, whole) in content.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let (number, line) = (index + 1, trimmed(whole))
      if line.isEmpty || line.hasPrefix("#") { continue }
      do throws(ConfigurationFault) {
        let entry = try entry(line, number)
        if let first = lines.updateValue(number, forKey: entry.key.name) {
          throw ConfigurationFault(
            source: "line \(number)", reason: "\(entry.key.name) is there twice, first on line \(first)")
        }
        entries.append(.success(entry))
      } catch {
        entries.append(.failure(error))
      }
    }
    return entries
  }

  private static func entry(_ text: Substring, _ line: Int) throws(ConfigurationFault) -> Entry {
    guard let equals = text.firstIndex(of: "=") else {
      throw ConfigurationFault(source: "line \(line)", reason: "'\(text, limit: 100)' is not a key, '=' and a value")
    }
    let name = trimmed(text[..<equals])
    guard let key = ConfigurationKey.all.first(where: { $0.name == name }) else {
      throw ConfigurationFault(
        source: "line \(line)",
        reason: "'\(name, limit: 100)' is not a key; to see every key: agent-mesh-registry config check")
    }
    return Entry(line: line, key: key, value: String(trimmed(text[text.index(after: equals)...])))
  }

  static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}
