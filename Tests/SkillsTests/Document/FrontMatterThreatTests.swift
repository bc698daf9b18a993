import Foundation
import TestSupport
import Testing

@testable import Skills

/// Aliases that expand, anchors, tags and merge keys, doubled keys, several documents, and every limit.
@Suite struct FrontMatterThreatTests {
  @Test(arguments: [
    ("a: &x 1", Finding.Rule.yamlAnchor, 2), ("name: n\na: &x\n  b: c", .yamlAnchor, 3), ("&x a: b", .yamlAnchor, 2),
    ("a: [1, &x 2]", .yamlAnchor, 2), ("a: &x |\n  text", .yamlAnchor, 2), ("a: &x \"q\"", .yamlAnchor, 2),
    ("a: &x\nb: c", .yamlAnchor, 2), ("? &x a\n: b", .yamlAnchor, 2), ("{a: &x b}", .yamlAnchor, 2),
    ("a: &x b\nc: *x", .yamlAnchor, 2), ("a: &x b\n*x : c", .yamlAnchor, 2), ("a: &x b\n? *x\n: c", .yamlAnchor, 2),
    ("a: &x b\n? [*x, *x]\n: c", .yamlAnchor, 2), ("a: &x [b]\nc: {*x : d}", .yamlAnchor, 2),
    ("a: &x {b: c}\n<<: *x", .yamlAnchor, 2), ("text: 'say *x'\na: &x b\nc: *x", .yamlAnchor, 3),
    ("a: *nothing", .yamlAlias, 2), ("name: n\n? *nothing\n: c", .yamlAlias, 3), ("a: [*nothing]", .yamlAlias, 2),
    ("<<: {a: b}", .yamlMergeKey, 2), ("a:\n  <<: b", .yamlMergeKey, 3), ("{<<: b}", .yamlMergeKey, 2),
    ("a: !!str 1", .yamlTag, 2), ("a: !local x", .yamlTag, 2), ("a: ! x", .yamlTag, 2),
    ("a: !!binary aGk=", .yamlTag, 2),
    ("a: !<tag:yaml.org,2002:str> x", .yamlTag, 2), ("name: n\na: !!map {b: c}", .yamlTag, 3),
    ("!!str a: b", .yamlTag, 2),
    ("a: !!python/object:os.system [x]", .yamlTag, 2), ("a: !!seq\n  - b", .yamlTag, 2),
    ("a: !!str \"q\"", .yamlTag, 2),
    ("a: !!null", .yamlTag, 2), ("a: !t &x b", .yamlTag, 2), ("!!map\na: b", .yamlTag, 2),
    ("a: 1\na: 2", .duplicateKey, 3), ("x:\n  a: 1\n  b: 2\n  a: 3", .duplicateKey, 5),
    ("a: 1\n\"a\": 2", .duplicateKey, 3), ("a: |\n  a: no\n# a: no\nb:\n  a: no\na : 2", .duplicateKey, 7),
    ("x:\n  - a: 1\n    a: 2\na: 3", .duplicateKey, 4),
    ("m: {a: 1, a: 2}", .duplicateKey, 2), ("[a]: 1\n[a]: 2", .duplicateKey, 3),
    ("a: b\n...\nc: d", .severalDocuments, 3), ("a: b\n--- c", .severalDocuments, 3),
    ("a: |\n  x\n--- d", .severalDocuments, 4),
    ("...", .severalDocuments, 2), ("a: 'x\n... y'", .severalDocuments, 3),
  ])
  func `refuses what expands, hides or doubles, with its line`(text: String, rule: Finding.Rule, line: Int) {
    let refusal = Documents.refusal(of: text)
    #expect(refusal?.rule == rule)
    #expect(refusal?.line == line)
    #expect(refusal?.remedy.isEmpty == false)
  }

  @Test func `a doubled key is shown where it stands again, and where it stood first`() {
    let message = Documents.refusal(of: "a: 1\nb: 2\na: 3")?.message
    #expect(message == "the key 'a' stands here for the second time, after line 2")
  }

  /// The same characters where they are text.
  @Test(arguments: [
    "a: b & c", "a: 'x &y *y'", "a: \"&y and *y\"", "a: |\n  &y here\n  *y there", "a: use *y for &y", "a: x # &y *y",
    "a: R&D\nb: x *D", "a: wow! !important", "a: '<<'", "'<<': a", "a: \"!!str\"", "a: >-\n  !tag &x *x <<: z",
    "a: '--- x'", "a: b...", "a: b\nc: a", "a: {b: c}\nd: {b: c}", "a: ---x", "a: '&amp; *amp'",
  ])
  func `reads the same characters as text where they are text`(text: String) throws {
    let document = try Documents.read(text)
    #expect(document.findings.isEmpty)
    #expect(!document.frontMatter.entries.isEmpty)
  }

  @Test func `an alias bomb of ten levels is refused before it goes off`() {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in 1...10 {
      let references = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      lines.append("a\(level): &a\(level) [\(references)]")
    }
    let bombs = [
      lines, lines + ["? *a10", ": boom"], lines + ["? [*a10, *a10]", ": boom"], lines + ["{*a10 : 1, *a9 : 2}: x"],
      ["? &a0 [x, x]", ": y"] + lines.dropFirst() + ["? *a10", ": *a10"],
      ["hidden: '&a0 &a1'"] + lines + ["*a10 : boom"], ["text: |", "  *a0 *a10"] + lines + ["*a10 : boom"],
    ]
    for bomb in bombs {
      let time = processorTime {
        #expect(Documents.refusal(of: bomb.joined(separator: "\n"))?.rule == .yamlAnchor)
      }
      #expect(time < .seconds(1))
    }
  }

  /// What is too large for an author to mean it, and does not keep anybody from reading the rest.
  private static let tooLarge: [(String, Finding.Rule)] = [
    ("a: " + String(repeating: "[", count: 8) + String(repeating: "]", count: 8), .frontMatterTooDeep),
    ("a: " + String(repeating: "{b: ", count: 8) + "c" + String(repeating: "}", count: 8), .frontMatterTooDeep),
    (nestedKeys(9), .frontMatterTooDeep),
    (nestedKeys(200), .frontMatterTooDeep),
    ("a:\n  " + String(repeating: "- ", count: 8) + "b", .frontMatterTooDeep),
    ("a:\n  " + String(repeating: "- ", count: 400) + "b", .frontMatterTooDeep),
    ("? " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100) + "\n: b", .frontMatterTooDeep),
    ("a: {b: {c: {d: {e: {f: {g: {? [x] : 1, ? [y] : 2}}}}}}}", .frontMatterTooDeep),
    ("? [[[[[[[[x]]]]]]]]\n: 1\n? [[[[[[[[y]]]]]]]]\n: 2", .frontMatterTooDeep),
    (keys(101, joined: "\n"), .tooManyKeys),
    ("a: {" + keys(100, joined: ", ") + "}", .tooManyKeys),
    ("metadata:\n  " + keys(3_000, joined: "\n  "), .tooManyKeys),
    (keys(7_000, joined: "\n"), .tooManyKeys),
    ("a: " + String(repeating: "x", count: (16 << 10) + 1), .valueTooLong),
    (String(repeating: "k", count: 900) + ": x\na: '" + String(repeating: "x", count: 20_000) + "'", .valueTooLong),
  ]

  private static func keys(_ count: Int, joined separator: String) -> String {
    (0..<count).map { "k\($0): v" }.joined(separator: separator)
  }

  @Test(arguments: tooLarge)
  func `reads what is too large all the same, and does not let it be published`(text: String, rule: Finding.Rule) throws
  {
    let document = try Documents.read("name: reviewer\n\(text)\ndescription: d")
    #expect(document.rules.filter { $0 != .complexKey } == [rule])
    #expect(document.name == "reviewer" && document.description == "d")
    #expect(document.findings.allSatisfy { $0.severity == .warning })
    #expect(Validation.refusesPublishing(Validation.findings(for: document, in: .init(profile: .publish))))
  }

  @Test(arguments: [
    ("a:\n  " + String(repeating: "- ", count: 30_000) + "b", Finding.Rule.frontMatterTooDeep),
    ("a:\n  " + String(repeating: "? ", count: 30_000) + "b", .frontMatterTooDeep),
    ("a: " + String(repeating: "[", count: 60_000), .frontMatterTooDeep),
    ("a: " + String(repeating: "{", count: 60_000), .frontMatterTooDeep),
    ("? " + String(repeating: "[", count: 600) + String(repeating: "]", count: 600) + "\n: b", .frontMatterTooDeep),
    ("a: " + String(repeating: "x", count: 64 << 10), .frontMatterTooLarge),
    (String(repeating: "\n", count: (64 << 10) + 1), .frontMatterTooLarge),
  ])
  func `refuses what nobody means`(text: String, rule: Finding.Rule) {
    #expect(Documents.refusal(of: text)?.rule == rule)
  }

  @Test func `of what nests too deeply only the upper part is kept`() throws {
    let document = try Documents.read("a: {b: {c: {d: {e: {f: {g: {h: {i: [x]}}}}}}}}\nz: y")
    var value = document.frontMatter["a"]
    for key in ["b", "c", "d", "e", "f", "g"] { value = value?[key] }
    #expect(value?["h"]?.isNull == true && document.frontMatter["z"]?.string == "y")
    #expect(Documents.refusal(of: "a: {b: {c: {d: {e: {f: {g: {h: {i: &x y}}}}}}}}")?.rule == .yamlAnchor)
  }

  @Test func `reads up to every limit`() throws {
    #expect(try Documents.read(Self.nestedKeys(8)).frontMatter.entries.count == 1)
    #expect(try Documents.read((0..<100).map { "k\($0): v" }.joined(separator: "\n")).frontMatter.entries.count == 100)
    #expect(
      try Documents.read("a: " + String(repeating: "x", count: 16 << 10)).frontMatter["a"]?.string?.count == 16 << 10)
    let long = (0..<4).map { "k\($0): " + String(repeating: "x", count: 16_000) }.joined(separator: "\n")
    #expect(try Documents.read(long).frontMatter.entries.count == 4)
  }

  @Test func `limits are what the caller says`() throws {
    let bytes = Array(Documents.text("a: {b: {c: d}}").utf8)
    let shallow = FrontMatterLimits(bytes: 100, depth: 2, keys: 10, scalarBytes: 10)
    #expect(try SkillDocument(reading: bytes, limits: shallow).rules == [.frontMatterTooDeep])
    let few = FrontMatterLimits(bytes: 100, depth: 3, keys: 2, scalarBytes: 10)
    #expect(try SkillDocument(reading: bytes, limits: few).rules == [.tooManyKeys])
    let small = FrontMatterLimits(bytes: 10, depth: 3, keys: 2, scalarBytes: 10)
    #expect(throws: DocumentRefusal.self) { try SkillDocument(reading: bytes, limits: small) }
    let enough = FrontMatterLimits(bytes: 100, depth: 3, keys: 3, scalarBytes: 10)
    #expect(try SkillDocument(reading: bytes, limits: enough).frontMatter.entries.count == 1)
  }

  /// The deepest texts that are read, and the worst that are not, on a small stack.
  @Test func `needs no more than half a mebibyte of stack`() async {
    let deep = [
      "a: " + String(repeating: "[", count: 498) + String(repeating: "]", count: 498),
      "a: " + String(repeating: "{b: ", count: 498) + String(repeating: "}", count: 498),
      Self.nestedKeys(200) + " " + String(repeating: "[", count: 290) + String(repeating: "]", count: 290),
      String(repeating: "- ", count: 30_000), "a: " + String(repeating: "[", count: 60_000),
      String(repeating: "{? [", count: 60),
    ]
    let rules = await Self.onSmallStack { deep.map { Documents.refusal(of: $0)?.rule } }
    #expect(rules == [nil, nil, nil, .frontMatterTooDeep, .frontMatterTooDeep, .brokenYAML])
  }

  @Test func `deep nesting is read or refused at once`() {
    for open in ["[", "{", "{? ", "[{", "- ", "? ", "a: [", "- [", "\"", "[\"a\", "] {
      let text = "a:\n  " + String(repeating: open, count: 60_000 / open.utf8.count)
      #expect(processorTime { _ = Documents.refusal(of: text) } < .seconds(5), "\(open)")
    }
  }

  /// Reading takes the time of one pass, whatever the text is: no step is repeated for each item or column.
  @Test func `a line of thirty thousand items is read at once`() throws {
    let text = "a: [" + Array(repeating: "b", count: 30_000).joined(separator: ",") + "]"
    var read: SkillDocument?
    #expect(try processorTime { read = try Documents.read(text) } < .seconds(5))
    let document = try #require(read)
    #expect(document.frontMatter["a"]?.strings?.count == 30_000)
  }

  private static func nestedKeys(_ depth: Int) -> String {
    (0..<depth).map { String(repeating: " ", count: $0) + "k:" }.joined(separator: "\n") + " v"
  }

  private static func onSmallStack<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: work()) }
      thread.stackSize = 512 << 10
      thread.start()
    }
  }
}
