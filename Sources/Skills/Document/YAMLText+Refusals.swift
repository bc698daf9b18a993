/// The bounds that a text is checked against before it is read, and refusals that name its lines.
extension YAMLText {
  func checkBounds(_ limits: FrontMatterLimits) throws(DocumentRefusal) {
    let size = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    guard size <= limits.bytes else {
      throw DocumentRefusal(
        .frontMatterTooLarge, line: firstLine, message: "the front matter has \(size) bytes of \(limits.bytes)",
        remedy: "Move the long texts below the second '---'")
    }
    try checkMarkers()
  }

  /// Every position of a character.
  func marks(of wanted: Unicode.Scalar) -> Set<YAMLEvents.Mark> {
    var marks: Set<YAMLEvents.Mark> = []
    for (line, text) in lines.enumerated() where text.unicodeScalars.contains(wanted) {
      for (column, scalar) in text.unicodeScalars.enumerated() where scalar == wanted {
        marks.insert(YAMLEvents.Mark(line: line, column: column))
      }
    }
    return marks
  }

  /// The line of the document that a mark is on, from 1.
  func line(_ mark: YAMLEvents.Mark) -> Int {
    min(mark.line, max(lines.count, 1) - 1) + firstLine
  }

  func broken(_ failure: YAMLEvents.Failure) -> DocumentRefusal {
    DocumentRefusal(
      .brokenYAML, line: failure.mark.map(line) ?? firstLine, column: failure.mark.map { $0.column + 1 },
      message: "the front matter is not YAML: \(failure.problem)",
      remedy: "Put the value on this line in double quotes")
  }

  func refusal(
    _ rule: Finding.Rule, at mark: YAMLEvents.Mark, _ message: Message, _ remedy: Message
  ) -> DocumentRefusal {
    DocumentRefusal(rule, line: line(mark), column: mark.column + 1, message: message, remedy: remedy)
  }

  /// `--- text` and `...` at the start of a line end a document wherever they stand.
  private func checkMarkers() throws(DocumentRefusal) {
    for (index, line) in lines.enumerated() where line.hasPrefix("---") || line.hasPrefix("...") {
      guard line.dropFirst(3).first.map({ $0 == " " || $0 == "\t" }) ?? true else { continue }
      throw DocumentRefusal(
        .severalDocuments, line: firstLine + index, column: 1,
        message: "the front matter holds more than one YAML document",
        remedy: "Keep one document and remove the line that starts with '\(line.prefix(3))'")
    }
  }
}
