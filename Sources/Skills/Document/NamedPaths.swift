/// The paths that a `SKILL.md` names, in links, in code and in its prose.
package struct NamedPaths: Sendable {
  /// The line of each path, counted from 1, and of each folder above one, which has a slash at its end.
  private var lines: [String: Int] = [:]
  /// What every path ends in, those outside of the skill among them.
  private var names: Set<String> = []

  package init(in skillMarkdown: [UInt8]) {
    // Most words of prose come again, and say nothing new then.
    var seen: Set<ArraySlice<UInt8>> = []
    for (index, line) in skillMarkdown.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      for word in line.split(whereSeparator: Self.isSeparator) where seen.insert(word).inserted {
        name(word, line: index + 1)
      }
    }
  }

  /// Where a path is named; nil when it is not.
  ///
  /// A folder, which has a slash at its end, is named by a path in it: its mere name may stand for any.
  package func line(of path: String) -> Int? { lines[path] }

  /// Whether a path ends in the name of a file, whatever it begins with; a name of several words is there with all of
  /// them.
  func mentions(_ name: String) -> Bool {
    names.contains(name)
      || name.utf8.split(whereSeparator: Self.isSeparator).allSatisfy { word in
        Self.path(in: word).split(separator: "/").last.map { names.contains(String($0)) } ?? true
      }
  }

  private mutating func name(_ word: ArraySlice<UInt8>, line: Int) {
    guard word.count <= 4 * SkillPath.maximumBytes else { return }
    let path = Self.path(in: word)
    let all = path.split(separator: "/")
    if let last = all.last { names.insert(String(last)) }
    // `./x`, `${CLAUDE_SKILL_DIR}/x` and `{baseDir}/x` begin at the skill.
    let components = all.drop { part in part == "." || part.utf8.contains { "${}<>~".utf8.contains($0) } }
    guard !components.isEmpty, components.count <= SkillPath.maximumComponents, !path.hasPrefix("/"),
      all.count == 1 || !path.contains("://")
    else { return }
    let whole = components.joined(separator: "/")
    lines[whole] = lines[whole] ?? line
    var folder = ""
    for component in components.dropLast() {
      folder += "\(component)/"
      lines[folder] = lines[folder] ?? line
    }
  }

  /// A word decoded, without a query, marks of emphasis before it and punctuation behind it.
  private static func path(in word: some Collection<UInt8>) -> Substring {
    let bare = String(decoding: word.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }, as: UTF8.self)
    let path = (PercentEncoding.decode(bare, keepingBroken: true) ?? bare).drop { "*_".contains($0) }
    guard let end = path.lastIndex(where: { !".,;:!*_/".contains($0) }) else { return "" }
    return path[...end]
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "`'\"()[]|=,;".utf8.contains(byte)
  }
}
