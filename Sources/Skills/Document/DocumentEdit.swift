/// One change to the front matter of a document, made in its bytes: all others stay what they are.
struct DocumentEdit {
  let document: SkillDocument
  let key: String
  let value: String

  /// Puts the value in place of the scalar of `entry`, in the quotes that stand there.
  func replacing(_ entry: FrontMatter.Entry) throws(EditRefusal) -> [UInt8] {
    guard case .scalar(let text, let style) = entry.value.kind else {
      throw refusal(entry, "its value is a list or a mapping")
    }
    guard !document.frontMatter.repairedLines.contains(entry.value.line) else {
      throw refusal(entry, "the line is not valid YAML")
    }
    let start = offset(line: entry.value.line, column: entry.value.column)
    switch style {
    case .literal, .folded:
      throw refusal(entry, "its value is a block of text")
    case .plain:
      guard bytes[start...].starts(with: text.utf8) else { throw refusal(entry, "its value has several lines") }
      // An entry without a value is marked right behind its colon.
      let new = text.isEmpty ? " " + written(beside: entry) : written(beside: entry)
      return spliced(start..<start + text.utf8.count, new)
    case .singleQuoted, .doubleQuoted:
      let end = try endOfQuotes(entry, start)
      return spliced(start + 1..<end - 1, value)
    }
  }

  /// Adds whole lines before `line`, which counts from 1, each at `indentation` and with the line end of the file.
  func inserting(_ lines: [String], before line: Int, indentation: Int) -> [UInt8] {
    let end = String(decoding: document.lines.terminator(document.fences.opening), as: UTF8.self)
    let margin = String(repeating: " ", count: indentation)
    let text = lines.map { margin + $0 + end }.joined()
    let start = document.lines.whole(line - 1).lowerBound
    return spliced(start..<start, text)
  }

  /// Adds the key as the first of a mapping that is written with braces.
  func inserting(intoBracesOf mapping: FrontMatter.Value) -> [UInt8] {
    let entries = mapping.mapping ?? []
    let isJSON = entries.first?.keyStyle == .doubleQuoted
    var text = isJSON ? "\"\(key)\": \"\(value)\"" : "\(key): \(YAMLScalar.written(value))"
    let start = offset(line: mapping.line, column: mapping.column) + 1
    let next = start < bytes.count ? bytes[start] : UInt8(ascii: "\n")
    if !entries.isEmpty { text += "," }
    switch next {
    case UInt8(ascii: " "): text = " " + text
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
    default: text += entries.isEmpty ? "" : " "
    }
    return spliced(start..<start, text)
  }

  // MARK: -

  private var bytes: [UInt8] { document.lines.bytes }

  /// JSON beside JSON: a plain value behind a key in double quotes gets them, too.
  private func written(beside entry: FrontMatter.Entry) -> String {
    entry.keyStyle == .doubleQuoted ? "\"\(value)\"" : YAMLScalar.written(value)
  }

  private func spliced(_ range: Range<Int>, _ text: String) -> [UInt8] {
    let mark = document.bytes.prefix(document.bytes.count - bytes.count)
    return mark + bytes[..<range.lowerBound] + Array(text.utf8) + bytes[range.upperBound...]
  }

  private func offset(line: Int, column: Int) -> Int {
    let content = document.lines.content(line - 1)
    let text = String(decoding: bytes[content], as: UTF8.self)
    return text.unicodeScalars.prefix(column - 1).reduce(content.lowerBound) { $0 + UTF8.width($1) }
  }

  private func endOfQuotes(_ entry: FrontMatter.Entry, _ start: Int) throws(EditRefusal) -> Int {
    let line = document.lines.content(entry.value.line - 1)
    let text = String(decoding: bytes[start..<line.upperBound], as: UTF8.self)
    guard let end = QuotedText.end(in: [text[...]], quote: bytes[start]) else {
      throw refusal(entry, "its value has several lines")
    }
    return start + text.utf8.distance(from: text.startIndex, to: end.index)
  }

  private func refusal(_ entry: FrontMatter.Entry, _ reason: String) -> EditRefusal {
    EditRefusal(key: key, line: entry.value.line, reason: reason)
  }
}
