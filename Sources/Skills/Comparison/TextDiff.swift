/// What differs between two texts, line by line, with three lines around each difference.
package struct TextDiff: Hashable, Sendable, Codable {
  package static let maximumLines = 20_000
  package static let maximumBytes = 2 << 20
  static let context = 3

  /// A run of lines in which something differs.
  package struct Hunk: Hashable, Sendable, Codable {
    /// The first line in the old text, from 1; without any, the line that it stands behind.
    package var oldStart: Int
    package var oldCount: Int
    package var newStart: Int
    package var newCount: Int
    /// Each starts with a blank, `-`, `+` or, where a last line has no end, `\`; the rest is as it was written.
    package var lines: [String]
  }

  /// Empty when nothing differs, or when it is not told.
  package private(set) var hunks: [Hunk] = []
  package private(set) var added = 0
  package private(set) var removed = 0
  /// Whether the texts differ, but it is not told where: they are binary, too long, or too different.
  package private(set) var isOmitted = false

  package init(from old: [UInt8], to new: [UInt8]) {
    if old == new { return }
    guard [old, new].allSatisfy(Self.isText), let steps = Self.steps(from: old, to: new) else {
      isOmitted = true
      return
    }
    let lines = DiffLines(old: Self.lines(of: old), new: Self.lines(of: new))
    for step in steps {
      if case .insert = step { added += 1 }
      if case .remove = step { removed += 1 }
    }
    hunks = Self.runs(of: steps).map { lines.hunk(of: steps[$0], at: steps[..<$0.lowerBound]) }
  }

  package var isEmpty: Bool { hunks.isEmpty && !isOmitted }

  /// As `diff -u` writes it, without the names of files.
  package var lines: [Message] {
    hunks.flatMap { hunk -> [Message] in
      let (old, new) = ("\(hunk.oldStart),\(hunk.oldCount)", "\(hunk.newStart),\(hunk.newCount)")
      return ["@@ -\(old) +\(new) @@"] + hunk.lines.map { Message(block: $0) }
    }
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    bytes.count <= maximumBytes && !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  private static func steps(from old: [UInt8], to new: [UInt8]) -> [EditScript.Step]? {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    let texts = [lines(of: old), lines(of: new)]
    guard texts.allSatisfy({ $0.count <= maximumLines }) else { return nil }
    let coded = texts.map { lines in
      lines.map { line in
        if let number = numbers[line] { return number }
        numbers[line] = numbers.count
        return numbers.count - 1
      }
    }
    return EditScript.steps(from: coded[0], to: coded[1])
  }

  /// Each with its line feed; the last may have none.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
      lines.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }

  /// The runs of steps that hunks show: every difference with its context, joined where they touch.
  private static func runs(of steps: [EditScript.Step]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (index, step) in steps.enumerated() {
      if case .keep = step { continue }
      let run = max(index - context, 0)..<min(index + context + 1, steps.count)
      if let last = runs.last, last.upperBound >= run.lowerBound {
        runs[runs.count - 1] = last.lowerBound..<run.upperBound
      } else {
        runs.append(run)
      }
    }
    return runs
  }
}
