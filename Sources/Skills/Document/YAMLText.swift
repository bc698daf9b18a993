/// Front matter as lines of text that a YAML reader takes: one line feed between them, no character that YAML forbids.
///
/// Lines and columns (in Unicode scalars) are those of the document, shifted by `firstLine`, unless a repair says
/// otherwise.
struct YAMLText {
  /// Without their ends.
  var lines: [String]
  /// The number, from 1, of the first line in the document.
  let firstLine: Int
  /// The lines, from 1 in the document, on which columns no longer hold.
  var repairedLines: Set<Int> = []
  var findings: [Finding] = []

  init(lines: [String], firstLine: Int) {
    self.lines = lines
    self.firstLine = firstLine
  }

  /// Takes the lines between the fences; a forbidden character becomes U+FFFD, with a finding.
  init(between fences: Fences, of source: SourceLines, file: String) {
    self.init(lines: [], firstLine: fences.opening + 2)
    for line in fences.opening + 1..<fences.closing {
      let text = source.text(line)
      if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }) {
        lines.append(text)
      } else {
        lines.append(replacingForbidden(in: text, line: line + 1, file: file))
      }
    }
  }

  private mutating func replacingForbidden(in text: String, line: Int, file: String) -> String {
    var result = String.UnicodeScalarView()
    var column = 0
    for scalar in text.unicodeScalars {
      column += 1
      if Self.isAllowed(scalar) {
        result.append(scalar)
        continue
      }
      result.append("\u{FFFD}")
      let code = String(scalar.value, radix: 16, uppercase: true)
      findings.append(
        Finding(
          .controlCharacter, file: file, line: line, column: column,
          message: "the front matter holds the control character U+\(code)", remedy: "Delete the character"))
    }
    return String(result)
  }

  /// YAML 1.2 `c-printable`, but for the characters that only YAML 1.1 takes for the end of a line.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
