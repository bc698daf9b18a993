import Foundation

/// The paths that a `SKILL.md` names, in links, in code and in its prose.
package struct NamedPaths: Sendable {
  /// The line of each path, counted from 1, and of each folder above one, which has a slash at its end.
  private var lines: [String: Int] = [:]

  package init(in skillMarkdown: [UInt8]) {
    for (index, line) in skillMarkdown.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      for word in line.split(whereSeparator: Self.isSeparator) { name(word, line: index + 1) }
    }
  }

  /// Where something is named; nil when it is not.
  ///
  /// A folder is named by a path in it: its mere name may stand for any.
  package func line(of leftOut: LeftOut) -> Int? { lines[leftOut.path] }

  private mutating func name(_ word: ArraySlice<UInt8>, line: Int) {
    let text = String(decoding: word, as: UTF8.self)
    let bare = text.prefix { $0 != "#" && $0 != "?" }
    let path = (bare.removingPercentEncoding ?? String(bare)).drop { "*_".contains($0) }
    var components = path.split(separator: "/", omittingEmptySubsequences: true)
    // `./x`, `${CLAUDE_SKILL_DIR}/x` and `{baseDir}/x` begin at the skill.
    while let first = components.first, first == "." || first.contains(where: { "${}<>~".contains($0) }) {
      components.removeFirst()
    }
    while let last = components.last, let character = last.last, ".,;:!*_".contains(character) {
      components[components.count - 1] = last.dropLast()
      if last.count == 1 { components.removeLast() }
    }
    guard !components.isEmpty, !path.hasPrefix("/"), !path.contains("://") else { return }
    let whole = components.joined(separator: "/")
    lines[whole] = lines[whole] ?? line
    var folder = ""
    for component in components.dropLast() {
      folder += "\(component)/"
      lines[folder] = lines[folder] ?? line
    }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "`'\"()[]|=,;".utf8.contains(byte)
  }
}
