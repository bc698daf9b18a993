/// Takes the force out of aliases before a text is read as YAML, whatever the text around them means.
///
/// An alias can only expand when an anchor of its name stands before it. Where the text holds both `&name` and a later
/// `*name`, wherever they stand, the star of the second becomes an underscore. Up to the first true alias the changed
/// text reads as the original does, so its anchor, which comes earlier, is still found and refused; and when no anchor
/// is found, no alias of the original can expand.
struct AliasShield {
  private(set) var lines: [String]
  private(set) var isChanged = false

  init(_ lines: [String]) {
    self.lines = lines
    guard lines.contains(where: { $0.utf8.contains(UInt8(ascii: "*")) }) else { return }
    var anchors: Set<Substring> = []
    for index in lines.indices {
      self.lines[index] = shielded(lines[index], anchors: &anchors)
    }
  }

  private mutating func shielded(_ line: String, anchors: inout Set<Substring>) -> String {
    var result: [UInt8] = []
    var index = line.utf8.startIndex
    while index < line.utf8.endIndex {
      let byte = line.utf8[index]
      let rest = line[line.utf8.index(after: index)...]
      if byte == UInt8(ascii: "&"), let name = Self.name(rest) { anchors.insert(name) }
      if byte == UInt8(ascii: "*"), let name = Self.name(rest), anchors.contains(name) {
        result.append(UInt8(ascii: "_"))
        isChanged = true
      } else {
        result.append(byte)
      }
      index = line.utf8.index(after: index)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The letters, digits, hyphens and underscores that `text` starts with: all that an anchor can be called.
  private static func name(_ text: Substring) -> Substring? {
    let end = text.utf8.firstIndex { !VersionGrammar.isIdentifier($0) && $0 != UInt8(ascii: "_") }
    let name = text[..<(end ?? text.endIndex)]
    return name.isEmpty ? nil : name
  }
}
