/// `key = value`, one a line; `#` at the beginning of a line is a comment.
enum ConfigurationFile {
  struct Entry {
    var line: Int
    var key: ConfigurationKey
    var value: String
  }

  static func entries(_ text: String) throws(ConfigurationFault) -> [Entry] {
    var entries: [Entry] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let text = trimmed(line)
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard let entry = entry(text, line: index + 1) else {
        throw ConfigurationFault(source: "line \(index + 1)", reason: "it is not a known key, '=' and a value")
      }
      if entries.contains(where: { $0.key.name == entry.key.name }) {
        throw ConfigurationFault(source: "line \(index + 1)", reason: "\(entry.key.name) is there twice")
      }
      entries.append(entry)
    }
    return entries
  }

  private static func entry(_ text: Substring, line: Int) -> Entry? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let name = trimmed(text[..<equals])
    guard let key = ConfigurationKey.all.first(where: { $0.name == name }) else { return nil }
    return Entry(line: line, key: key, value: String(trimmed(text[text.index(after: equals)...])))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}
