/// Looks for known risks in the files of skills.
///
/// One pass over the bytes finds the commands in which a risk is possible at all; the rules, which cost a thousand
/// times as much, are tried on these alone.
package struct RiskScanner {
  private let patterns: [RiskPattern]
  /// The rarest clue of each rule: without one of these no rule is met.
  private let leads: RiskClues
  /// Of what is looked at as one: what is longer is looked at in pieces.
  private static let maximumLength = 4_096
  /// What two pieces of one line share, so that nothing is cut in two.
  private static let overlap = 512

  package init() {
    patterns = RiskPattern.all
    leads = patterns.reduce(into: [.tags, .reordering]) { $0.formUnion($1.lead) }
  }

  /// - Parameters:
  ///   - bytes: Of any kind: what is no UTF-8 is looked through all the same, and NUL bytes are passed over.
  ///   - file: What the sightings call it.
  /// - Returns: In the order of the lines; of a file longer than `KnownRisk.maximumBytes` nothing.
  package func sightings(in bytes: [UInt8], file: String) -> [KnownRisk] {
    guard bytes.count <= KnownRisk.maximumBytes else { return [] }
    var counts: [KnownRisk.Rule: Int] = [:]
    var found: [KnownRisk] = []
    for block in SuspectBlock.all(in: bytes, suspects: suspects) {
      var last: (line: Int, rules: [KnownRisk.Rule]) = (0, [])
      for (line, text) in Self.commands(in: SourceLines(Array(bytes[block.range])), first: block.line) {
        if line != last.line { last = (line, []) }
        // Pieces of one line overlap.
        for rule in rules(met: text, unless: { last.rules.contains($0) || counts[$0] == KnownRisk.maximumRepeats }) {
          last.rules.append(rule)
          counts[rule, default: 0] += 1
          found.append(KnownRisk(rule, file: file, line: line, excerpt: text))
        }
      }
    }
    return found
  }

  /// Whether any rule may be met where these clues stand together.
  private func suspects(_ clues: RiskClues) -> Bool {
    guard !clues.isDisjoint(with: leads) else { return false }
    return !clues.isDisjoint(with: [.tags, .reordering]) || patterns.contains { clues.isSuperset(of: $0.clues) }
  }

  /// Each once, in the order in which they stand in the enumeration.
  private func rules(met text: String, unless isDone: (KnownRisk.Rule) -> Bool) -> [KnownRisk.Rule] {
    let clues = RiskClues.all(in: text)
    var rules: [KnownRisk.Rule] = []
    for pattern in patterns where clues.isSuperset(of: pattern.clues) {
      if !rules.contains(pattern.rule), !isDone(pattern.rule), pattern.matches(text) { rules.append(pattern.rule) }
    }
    if clues.contains(.tags), HiddenCharacters.sighting(in: text)?.hasTags == true { rules.append(.hiddenText) }
    if clues.contains(.reordering), text.unicodeScalars.contains(where: Self.reorders) { rules.append(.reorderedText) }
    return rules.filter { !isDone($0) }
  }

  /// Embeddings, overrides and isolates ("Trojan Source", CVE-2021-42574).
  private static func reorders(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  /// Lines; those that end in a backslash or a bar together with the ones behind them, long ones in pieces.
  ///
  /// - Parameter first: The number of the first line.
  static func commands(in lines: SourceLines, first: Int = 1) -> [(line: Int, text: String)] {
    var commands: [(line: Int, text: String)] = []
    // Grows in place: copied for every line, a file of backslashes would take seconds.
    var text = ""
    var start = first
    for line in 0..<lines.count {
      let bytes = lines.bytes[lines.content(line)].filter { $0 != 0 }
      text += String(decoding: bytes.prefix(maximumLength), as: UTF8.self)
      if text.utf8.count < maximumLength, let last = bytes.last, continuing.contains(last) {
        guard last == UInt8(ascii: "\\") else { continue }
        text.unicodeScalars.removeLast()
        text += " "
        continue
      }
      commands.append((start, text))
      for piece in stride(from: maximumLength, to: bytes.count, by: maximumLength - overlap) {
        let end = min(piece - overlap + maximumLength, bytes.count)
        commands.append((start, String(decoding: bytes[(piece - overlap)..<end], as: UTF8.self)))
      }
      text = ""
      start = first + line + 1
    }
    return text.isEmpty ? commands : commands + [(start, text)]
  }

  private static let continuing: Set<UInt8> = [UInt8(ascii: "\\"), UInt8(ascii: "|")]
}

/// Lines that are one command, or more, and hold the clues of a risk together.
struct SuspectBlock {
  /// The number of the first line, from 1.
  let line: Int
  /// Of the bytes of the file.
  let range: Range<Int>

  /// - Parameter suspects: Whether clues are worth a look.
  static func all(in bytes: [UInt8], suspects: (RiskClues) -> Bool) -> [SuspectBlock] {
    var blocks: [SuspectBlock] = []
    let automaton = RiskClues.automaton
    var state = WordAutomaton.State()
    var (line, firstLine, start) = (1, 1, 0)
    bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        automaton.step(&state, byte)
        guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"), !isHalfOfEnd(bytes, index) else { continue }
        line += 1
        if isContinued(bytes, before: index, from: start) { continue }
        if suspects(RiskClues(rawValue: state.seen)) {
          blocks.append(SuspectBlock(line: firstLine, range: start..<index + 1))
        }
        (state, firstLine, start) = (WordAutomaton.State(), line, index + 1)
      }
      if suspects(RiskClues(rawValue: state.seen)) {
        blocks.append(SuspectBlock(line: firstLine, range: start..<bytes.count))
      }
    }
    return blocks
  }

  /// A carriage return whose line feed is still to come.
  @inline(__always)
  private static func isHalfOfEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
  }

  /// Whether the command goes on after the line end at `index`.
  @inline(__always)
  private static func isContinued(_ bytes: UnsafeBufferPointer<UInt8>, before index: Int, from start: Int) -> Bool {
    var last = index - 1
    if last >= start, bytes[index] == UInt8(ascii: "\n"), bytes[last] == UInt8(ascii: "\r") { last -= 1 }
    while last >= start, bytes[last] == 0 { last -= 1 }
    return last >= start && (bytes[last] == UInt8(ascii: "\\") || bytes[last] == UInt8(ascii: "|"))
  }
}
