/// What can be refused before the text is read as YAML.
extension YAMLText {
  func checkBounds(_ limits: FrontMatterLimits) throws(DocumentRefusal) {
    let size = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    guard size <= limits.bytes else {
      throw DocumentRefusal(
        .frontMatterTooLarge, line: firstLine, message: "the front matter has \(size) bytes of \(limits.bytes)",
        remedy: "Move the long texts below the second '---'")
    }
    if let line = NestingBound(lines).excessLine {
      throw tooDeep(limits, line: firstLine + line)
    }
    try checkMarkers()
  }

  func tooDeep(_ limits: FrontMatterLimits, line: Int) -> DocumentRefusal {
    DocumentRefusal(
      .frontMatterTooDeep, line: line, message: "the front matter nests more than \(limits.depth) levels deep",
      remedy: "Move the nested data to a file of its own")
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
