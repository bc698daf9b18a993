/// What the whole text shows and hides, line by line.
enum TextChecks {
  private static let maximumBodyLines = 500
  /// Of one rule in one document: the rest adds nothing.
  private static let maximumRepeats = 20

  static func findings(_ document: SkillDocument) -> [Finding] {
    length(document) + hidden(document) + comments(document)
  }

  private static func length(_ document: SkillDocument) -> [Finding] {
    let count = document.lines.count - document.bodyLine + 1
    guard count > maximumBodyLines else { return [] }
    return [
      document.finding(
        .bodyTooLong, line: document.bodyLine,
        "the text has \(count) lines; more than \(maximumBodyLines) crowd a context",
        remedy: "Move details to files in 'references/' and link them")
    ]
  }

  private static func hidden(_ document: SkillDocument) -> [Finding] {
    var invisible: [Finding] = []
    var smuggled: [Finding] = []
    // Most documents are ASCII from end to end, which hides nothing.
    if document.lines.bytes.allSatisfy({ $0 < 0x80 }) { return [] }
    for line in 0..<document.lines.count {
      guard let sighting = HiddenCharacters.sighting(in: document.lines.text(line)) else { continue }
      if sighting.hasTags {
        smuggled.append(smuggling(document, line + 1, sighting))
      } else {
        invisible.append(finding(document, line + 1, sighting))
      }
    }
    return Array(invisible.prefix(maximumRepeats) + smuggled.prefix(maximumRepeats))
  }

  private static func finding(
    _ document: SkillDocument, _ line: Int, _ sighting: HiddenCharacters.Sighting
  ) -> Finding {
    let others = sighting.count > 1 ? " and \(sighting.count - 1) more characters" : ""
    return document.finding(
      .invisibleCharacters, line: line, column: sighting.column,
      "the line holds \(HiddenCharacters.label(sighting.first))\(others) that nobody sees",
      remedy: "Delete them, or check that they are meant")
  }

  private static func smuggling(
    _ document: SkillDocument, _ line: Int, _ sighting: HiddenCharacters.Sighting
  ) -> Finding {
    document.finding(
      .hiddenText, line: line, column: sighting.column,
      "tag characters hide the text '\(sighting.hiddenText, limit: 200)'",
      remedy: "Delete them: a model reads them, a person cannot")
  }

  private static func comments(_ document: SkillDocument) -> [Finding] {
    var findings: [Finding] = []
    var isInCode = false
    for line in max(document.bodyLine - 1, 0)..<max(document.lines.count, document.bodyLine - 1) {
      let bytes = document.lines.bytes[document.lines.content(line)]
      guard bytes.contains(UInt8(ascii: "<")) || bytes.contains(UInt8(ascii: "`")) else { continue }
      let text = document.lines.text(line)
      if text[...].trimmingBlanks.hasPrefix("```") { isInCode.toggle() }
      guard !isInCode, findings.count < maximumRepeats, let start = text.firstRange(of: "<!--") else { continue }
      let comment = text[start.upperBound...].trimmingBlanks
      findings.append(
        document.finding(
          .htmlComment, line: line + 1,
          "an HTML comment is read by models and not shown to people: '\(comment, limit: 80)'",
          remedy: "Delete it, unless agents are meant to read it"))
    }
    return findings
  }
}
