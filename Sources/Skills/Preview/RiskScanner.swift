/// Looks for known risks in the files of skills.
package struct RiskScanner {
  private let patterns = RiskPattern.all
  /// Of a line, or of lines that are one command: what is longer is data.
  private static let maximumLength = 4_096

  package init() {}

  /// - Parameter file: What the sightings call it.
  /// - Returns: In the order of the lines; nothing for a file that is no text, or longer than `KnownRisk.maximumBytes`.
  package func sightings(in bytes: [UInt8], file: String) -> [KnownRisk] {
    guard bytes.count <= KnownRisk.maximumBytes, !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil
    else { return [] }
    var counts: [KnownRisk.Rule: Int] = [:]
    var found: [KnownRisk] = []
    for (line, text) in Self.commands(in: SourceLines(bytes)) {
      for rule in rules(met: text, unless: { counts[$0, default: 0] >= KnownRisk.maximumRepeats }) {
        counts[rule, default: 0] += 1
        found.append(KnownRisk(rule, file: file, line: line, excerpt: text))
      }
    }
    return found
  }

  /// Each once, in the order in which they stand in the enumeration.
  private func rules(met text: String, unless isDone: (KnownRisk.Rule) -> Bool) -> [KnownRisk.Rule] {
    let lowered = text.lowercased()
    var rules: [KnownRisk.Rule] = []
    for pattern in patterns where !rules.contains(pattern.rule) && !isDone(pattern.rule) {
      if pattern.matches(text, lowered: lowered) { rules.append(pattern.rule) }
    }
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return rules }
    if HiddenCharacters.sighting(in: text)?.hasTags == true { rules.append(.hiddenText) }
    if text.unicodeScalars.contains(where: Self.reorders) { rules.append(.reorderedText) }
    return rules.filter { !isDone($0) }
  }

  /// Embeddings, overrides and isolates ("Trojan Source", CVE-2021-42574).
  private static func reorders(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  /// Lines, from 1; those that end in a backslash or a bar together with the ones behind them.
  private static func commands(in lines: SourceLines) -> [(line: Int, text: String)] {
    var commands: [(line: Int, text: String)] = []
    // Grows in place: copied for every line, a file of backslashes would take seconds.
    var text = ""
    var start = 1
    for line in 0..<lines.count {
      let bytes = lines.bytes[lines.content(line)].prefix(maximumLength)
      text += String(decoding: bytes, as: UTF8.self)
      if text.utf8.count < maximumLength, let last = bytes.last, continuing.contains(last) {
        guard last == UInt8(ascii: "\\") else { continue }
        text.unicodeScalars.removeLast()
        text += " "
        continue
      }
      commands.append((start, text))
      text = ""
      start = line + 2
    }
    return text.isEmpty ? commands : commands + [(start, text)]
  }

  private static let continuing: Set<UInt8> = [UInt8(ascii: "\\"), UInt8(ascii: "|")]
}
