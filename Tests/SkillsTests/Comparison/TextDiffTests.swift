import TestSupport
import Testing

@testable import Skills

@Suite struct TextDiffTests {
  private func diff(_ old: String, _ new: String) -> TextDiff { TextDiff(from: Array(old.utf8), to: Array(new.utf8)) }

  private func numbers(_ range: ClosedRange<Int>) -> String { range.map { "\($0)\n" }.joined() }

  @Test func `says nothing of equal texts`() {
    #expect(diff("a\n", "a\n").isEmpty)
    #expect(diff("", "").isEmpty)
    #expect(diff("a\n", "a\n").lines.isEmpty)
  }

  @Test func `shows a difference with three lines around it`() {
    let new = numbers(1...20).replacing("\n10\n", with: "\nten\nzehn\n")
    let diff = diff(numbers(1...20), new)
    #expect(diff.lines.block == "@@ -7,7 +7,8 @@\n 7\n 8\n 9\n-10\n+ten\n+zehn\n 11\n 12\n 13\n")
    #expect((diff.added, diff.removed) == (2, 1))
  }

  @Test func `joins differences whose surroundings touch, and no others`() {
    let close = numbers(1...20).replacing("\n4\n", with: "\nx\n").replacing("\n11\n", with: "\ny\n")
    #expect(diff(numbers(1...20), close).hunks.count == 1)
    let apart = numbers(1...20).replacing("\n4\n", with: "\nx\n").replacing("\n12\n", with: "\ny\n")
    #expect(diff(numbers(1...20), apart).hunks.map(\.oldStart) == [1, 9])
  }

  @Test(
    arguments: [
      ("", "a\n", "@@ -0,0 +1,1 @@\n+a\n"), ("a\n", "", "@@ -1,1 +0,0 @@\n-a\n"),
      ("a\nb\n", "a\n", "@@ -1,2 +1,1 @@\n a\n-b\n"),
      ("a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"),
      ("a\nb", "c\nb", "@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n"),
      ("a\r\n", "a\n", "@@ -1,1 +1,1 @@\n-a\\u{D}\n+a\n"),
      ("a\n", "\u{1B}[2J\u{202E}\n", "@@ -1,1 +1,1 @@\n-a\n+\\u{1B}[2J\\u{202E}\n"),
    ])
  func `writes what diff -u writes, and nothing that moves a cursor`(old: String, new: String, text: String) {
    #expect(diff(old, new).lines.block == text)
  }

  @Test func `only says that it changed where lines would say nothing`() {
    let pairs: [(old: [UInt8], new: [UInt8])] = [
      ([0xFF], [0x61]), ([0x61, 0], [0x61]),
      (Array(repeating: 0x0A, count: TextDiff.maximumLines + 1), [0x61]),
      ([0x61], Array(repeating: 0x61, count: TextDiff.maximumBytes + 1)),
    ]
    for (index, pair) in pairs.enumerated() {
      let diff = TextDiff(from: pair.old, to: pair.new)
      #expect(diff.isOmitted, "pair \(index)")
      #expect(!diff.isEmpty, "pair \(index)")
      #expect(diff.hunks.isEmpty, "pair \(index)")
    }
  }

  @Test func `gives up on texts that have little in common, and shows a long new one`() {
    let odd = (0..<2_000).map { "\($0 * 2 + 1)\n" }.joined()
    let even = (0..<2_000).map { "\($0 * 2)\n" }.joined()
    #expect(diff(odd, even).isOmitted)
    #expect(diff("", even).added == 2_000)
    #expect(diff(odd, "").removed == 2_000)
  }

  /// Applied to the old text it gives the new one, and no shorter script does.
  @Test func `is exact and as short as can be on a thousand random texts`() throws {
    var generator = SplitMix64(seed: 99)
    for _ in 0..<1_000 {
      let old = random(&generator)
      let new = random(&generator)
      let steps = try #require(EditScript.steps(from: old, to: new))
      #expect(steps.flatMap { Self.taken($0, new) } == new)
      #expect(steps.compactMap(Self.old) == Array(old.indices))
      let kept = steps.count { if case .keep = $0 { true } else { false } }
      #expect(kept == Self.longestCommon(old, new))
      try expectApplies(old, new)
    }
  }

  private func random(_ generator: inout SplitMix64) -> [Int] {
    (0..<Int.random(in: 0...14, using: &generator)).map { _ in Int.random(in: 0...3, using: &generator) }
  }

  private static func taken(_ step: EditScript.Step, _ new: [Int]) -> [Int] {
    switch step {
    case .keep(_, let line), .insert(let line): [new[line]]
    case .remove: []
    }
  }

  private static func old(_ step: EditScript.Step) -> Int? {
    switch step {
    case .keep(let line, _), .remove(let line): line
    case .insert: nil
    }
  }

  private static func longestCommon(_ left: [Int], _ right: [Int]) -> Int {
    var row = [Int](repeating: 0, count: right.count + 1)
    for item in left {
      var diagonal = 0
      for column in right.indices {
        let above = row[column + 1]
        row[column + 1] = item == right[column] ? diagonal + 1 : max(above, row[column])
        diagonal = above
      }
    }
    return row[right.count]
  }

  /// Patches the old lines by the hunks alone.
  private func expectApplies(_ old: [Int], _ new: [Int]) throws {
    let diff = diff(old.map { "\($0)\n" }.joined(), new.map { "\($0)\n" }.joined())
    var result: [String] = []
    var position = 0
    for hunk in diff.hunks {
      let start = hunk.oldCount == 0 ? hunk.oldStart : hunk.oldStart - 1
      result += old[position..<start].map(String.init)
      #expect(result.count == (hunk.newCount == 0 ? hunk.newStart : hunk.newStart - 1))
      result += hunk.lines.filter { !$0.hasPrefix("-") }.map { String($0.dropFirst()) }
      position = start + hunk.oldCount
    }
    #expect(result + old[position...].map(String.init) == new.map(String.init))
  }
}
