/// Where the front matter of a document lies.
///
/// The rule, the same for every reader of ours: the first line is exactly `---`; the front matter ends before the next
/// line that is exactly `---`; the body follows. Forgiven, with a finding: spaces and tabs after a fence; and, where
/// the first fence is among the first 21 lines, blank lines and HTML comments before it, and other text, too, when the
/// line after the fence starts with `name:` or `description:`.
struct Fences {
  /// The lines of the fences, from 0; the front matter is what lies between.
  var opening: Int
  var closing: Int
  var findings: [Finding] = []

  private static let maximumPreamble = 20

  init(in lines: SourceLines, file: String) throws(DocumentRefusal) {
    guard let opening = Self.opening(in: lines) else {
      throw DocumentRefusal(
        .noFrontMatter, line: 1, message: "there is no front matter",
        remedy: "Start the file with a line '---', the keys name and description, and another line '---'")
    }
    guard let closing = (opening + 1..<max(lines.count, opening + 1)).first(where: { Self.isFence(lines, $0) }) else {
      throw DocumentRefusal(
        .unclosedFrontMatter, line: opening + 1, message: "the front matter has no end",
        remedy: "Put a line '---' after the last key, before the text")
    }
    self.opening = opening
    self.closing = closing
    if opening > 0 {
      findings.append(
        Finding(
          .textBeforeFrontMatter, file: file, line: 1, message: "something stands before the front matter",
          remedy: "Make the line '---' the first of the file"))
    }
    if let line = (0...closing).first(where: { lines.terminator($0).elementsEqual("\r".utf8) }) {
      findings.append(
        Finding(
          .controlCharacter, file: file, line: line + 1,
          message: "the line ends with a carriage return alone, which other readers do not take for the end of a line",
          remedy: "End every line with a line feed"))
    }
    for line in [opening, closing] where lines.content(line).count > 3 {
      findings.append(
        Finding(
          .fenceSpaces, file: file, line: line + 1, column: 4, message: "spaces follow the '---'",
          remedy: "Remove the spaces after '---'"))
    }
  }

  private static func opening(in lines: SourceLines) -> Int? {
    var isInComment = false
    var sawText = false
    for line in 0..<min(lines.count, maximumPreamble + 1) {
      if !isInComment, isFence(lines, line) {
        return !sawText || startsFrontMatter(lines, line + 1) ? line : nil
      }
      let text = lines.text(line).drop { $0 == " " || $0 == "\t" }
      if isInComment || text.hasPrefix("<!--") {
        isInComment = !text.contains("-->")
      } else if !text.isEmpty {
        sawText = true
      }
    }
    return nil
  }

  private static func startsFrontMatter(_ lines: SourceLines, _ line: Int) -> Bool {
    guard line < lines.count else { return false }
    let text = lines.text(line)
    return text.hasPrefix("name:") || text.hasPrefix("description:")
  }

  private static func isFence(_ lines: SourceLines, _ line: Int) -> Bool {
    let content = lines.bytes[lines.content(line)]
    return content.starts(with: "---".utf8)
      && content.dropFirst(3).allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}
