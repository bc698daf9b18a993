import Skills

/// Looks for keys and tokens in the text of a file: known formats, and random values assigned.
package enum SecretScanner {
  /// At most so many findings are reported for one file.
  static let maximumFindings = 20
  /// A file with a NUL byte this near its beginning is not text.
  private static let textProbe = 8_192

  package static func findings(in bytes: [UInt8], path: SkillPath) -> [SecretFinding] {
    bytes.withUnsafeBufferPointer { text in
      if text.prefix(textProbe).contains(0) { return [] }
      var scan = Scan(text: text, path: path)
      scan.run()
      return scan.findings
    }
  }

  /// One pass over one text.
  private struct Scan {
    let text: UnsafeBufferPointer<UInt8>
    let path: SkillPath
    private(set) var findings: [SecretFinding] = []
    private var line = 1
    private var countedTo = 0

    init(text: UnsafeBufferPointer<UInt8>, path: SkillPath) {
      self.text = text
      self.path = path
    }

    mutating func run() {
      let triggers = SecretTriggers.table
      var index = 0
      triggers.withUnsafeBufferPointer { triggers in
        while index + 1 < text.count, findings.count < SecretScanner.maximumFindings {
          let trigger = triggers[Int(text[index]) << 8 | Int(text[index + 1])]
          if trigger, let match = match(at: index) {
            report(match.kind, at: index)
            index = max(match.end, index + 1)
          } else {
            index += 1
          }
        }
      }
    }

    private func match(at index: Int) -> (kind: String, end: Int)? {
      if let end = SecretKeyBlock.end(in: text, at: index) { return ("private key", end) }
      if let end = SecretAssignment.end(in: text, at: index) { return ("assigned secret", end) }
      if let address = SecretAddress.match(in: text, at: index) { return address }
      if index > 0, SecretTriggers.isWord(text[index - 1]) { return nil }
      for pattern in SecretPattern.all where SecretTriggers.starts(text, at: index, with: pattern.prefix) {
        let start = index + pattern.prefix.count
        guard let body = pattern.body(in: text, after: start) else { continue }
        if SecretExample.isToken(body) || pattern.isOrdinary && !SecretShape.isRandom(body) { continue }
        return (pattern.kind, start + body.count)
      }
      return nil
    }

    private mutating func report(_ kind: String, at index: Int) {
      line += text[countedTo..<index].count { $0 == UInt8(ascii: "\n") }
      countedTo = index
      findings.append(SecretFinding(path: path, line: line, kind: kind))
    }
  }
}
