/// A command that Claude Code runs while it loads a SKILL.md, before any model has seen it: `` !`git status` ``.
package struct InlineCommand: Hashable, Sendable, Codable {
  /// From 1, in the file.
  package var line: Int
  package var command: String

  /// Every one in the body: after anything but a letter or a digit, and in code blocks that open with `` ```! ``.
  static func all(in document: SkillDocument) -> [InlineCommand] {
    var commands: [InlineCommand] = []
    var isInBlock = false
    for line in max(document.bodyLine - 1, 0)..<max(document.lines.count, document.bodyLine - 1) {
      let text = document.lines.text(line)
      let trimmed = text.drop { $0 == " " || $0 == "\t" }
      if isInBlock {
        isInBlock = !trimmed.hasPrefix("```")
        if isInBlock, !trimmed.isEmpty { commands.append(InlineCommand(line: line + 1, command: String(trimmed))) }
      } else if trimmed.hasPrefix("```!") {
        isInBlock = true
      } else {
        commands += inline(in: text).map { InlineCommand(line: line + 1, command: $0) }
      }
    }
    return commands
  }

  private static func inline(in text: String) -> [String] {
    var commands: [String] = []
    var rest = text[...]
    var before: Character = " "
    while let mark = rest.firstRange(of: "!`") {
      if mark.lowerBound > rest.startIndex { before = rest[rest.index(before: mark.lowerBound)] }
      rest = rest[mark.upperBound...]
      guard !before.isLetter, !before.isNumber, before != "`", let end = rest.firstIndex(of: "`") else { continue }
      commands.append(String(rest[..<end]))
      rest = rest[rest.index(after: end)...]
      before = "`"
    }
    return commands
  }
}
