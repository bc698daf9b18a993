/// The one retry for front matter that is not YAML: quotes what was obviously meant as text, and nothing else.
///
/// What is mended: a plain value with a colon in it or one that starts with a character YAML keeps for itself; a value
/// whose closing quote or bracket has more text after it; a double-quoted value with backslashes that are no escapes;
/// tabs as indentation. Every mended line becomes a finding.
struct FrontMatterRepair {
  private var yaml: YAMLText
  private let file: String
  private var index = 0

  /// The mended text, or nil when there was nothing to mend.
  static func repaired(_ yaml: YAMLText, file: String) -> YAMLText? {
    var repair = FrontMatterRepair(yaml: yaml, file: file)
    while repair.index < repair.yaml.lines.count { repair.step() }
    return repair.yaml.repairedLines.isEmpty ? nil : repair.yaml
  }

  private init(yaml: YAMLText, file: String) {
    self.yaml = yaml
    self.file = file
  }

  private mutating func step() {
    expandTabs()
    if let end = endOfBrackets() {
      index = end
      return
    }
    guard let line = YAMLLine(yaml.lines[index]), !line.value.isEmpty, !line.value.hasPrefix("#") else {
      index += 1
      return
    }
    let end = endOfContinuation(indentation: line.indentation)
    if !Self.isBlockHeader(line.value) {
      let lines = [line.value] + yaml.lines[(index + 1)..<end].map { $0[...] }
      if let mended = ScalarRepair.mended(lines, hasKey: line.hasKey) {
        replace(line, with: mended, through: end)
      }
    }
    index = end
  }

  /// The line after a value in brackets that starts on a line of its own: nothing in it is a line of block style.
  private func endOfBrackets() -> Int? {
    let first = yaml.lines[index].drop { $0 == " " }
    guard first.hasPrefix("{") || first.hasPrefix("[") else { return nil }
    return BracketedText.end(in: yaml.lines[index...].map { $0[...] }).map { index + $0.line + 1 }
  }

  /// The lines that continue a value are indented more than its key; empty ones at the end do not belong to it.
  private func endOfContinuation(indentation: Int) -> Int {
    var end = index + 1
    for next in end..<max(end, yaml.lines.count) {
      let text = yaml.lines[next]
      let content = text.drop { $0 == " " || $0 == "\t" }
      if content.isEmpty { continue }
      guard text.utf8.count - content.utf8.count > indentation else { break }
      end = next + 1
    }
    return end
  }

  private mutating func replace(_ line: YAMLLine, with mended: [String], through end: Int) {
    let front = String(line.front)
    report(
      column: front.unicodeScalars.count + 1, "a value is not valid YAML and was read as plain text",
      "Put the whole value in double quotes, with a backslash before every quote and backslash in it")
    for (offset, text) in mended.enumerated() {
      yaml.lines[index + offset] = offset == 0 ? front + text : text
      yaml.repairedLines.insert(yaml.firstLine + index + offset)
    }
  }

  private mutating func expandTabs() {
    let blanks = yaml.lines[index].prefix { $0 == " " || $0 == "\t" }
    guard blanks.contains("\t"), blanks.count < yaml.lines[index].count else { return }
    let spaces = String(blanks.flatMap { $0 == "\t" ? "  " : " " })
    yaml.lines[index] = spaces + yaml.lines[index].dropFirst(blanks.count)
    yaml.repairedLines.insert(yaml.firstLine + index)
    report(column: 1, "the line is indented with tabs", "Indent it with spaces")
  }

  private mutating func report(column: Int, _ message: Message, _ remedy: Message) {
    let line = yaml.firstLine + index
    yaml.findings.append(
      Finding(.repairedYAML, file: file, line: line, column: column, message: message, remedy: remedy))
  }

  /// `|` or `>` with its indicators, and at most a comment after them: what follows is a block of text.
  private static func isBlockHeader(_ value: Substring) -> Bool {
    guard let first = value.utf8.first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") else { return false }
    let rest = value.dropFirst().drop { "+-123456789".contains($0) }
    return rest.isEmpty || rest.trimmingBlanks.hasPrefix("#") && rest.first != "#"
  }
}
