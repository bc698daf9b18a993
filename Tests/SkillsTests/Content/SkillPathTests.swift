import TestSupport
import Testing

@testable import Skills

@Suite struct SkillPathTests {
  @Test(arguments: [
    "SKILL.md", "references/a b.md", "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p", "ünïcode/文件.md", "a.b..c", "-", "~", ".env",
    "scripts/.hidden/run.sh", "console.txt", "com10", "lpt", "nul-1", "👍\u{FE0F}.md", "con-fig", "auxiliary/x",
  ])
  func `accepts an ordinary path and keeps its text`(text: String) throws {
    #expect(try SkillPath(parsing: text).string == text)
    #expect(try SkillPath(validating: Array(text.utf8)).description == text)
  }

  @Test(arguments: [
    ("../x", SkillPath.Rule.climbing), ("a/../../x", .climbing), ("a/..", .climbing), ("./a", .climbing),
    ("a/./b", .climbing), ("..", .climbing),
    // A combining mark makes one `Character` of it and the slash before it, but not one component.
    ("../\u{301}x", .climbing), ("a/../\u{301}", .climbing), ("..\u{2F}\u{308}/x", .climbing),
    ("/\u{301}etc", .absolute), ("/etc", .absolute), ("//a", .absolute), ("", .empty), ("a//b", .empty), ("a/", .empty),
    ("a\\b", .forbiddenCharacter), ("C:x", .forbiddenCharacter), ("a*", .forbiddenCharacter),
    ("a?", .forbiddenCharacter),
    ("a\"", .forbiddenCharacter), ("a<b", .forbiddenCharacter), ("a>b", .forbiddenCharacter),
    ("a|b", .forbiddenCharacter),
    ("a\u{0}b", .controlCharacter), ("a\nb", .controlCharacter), ("a\u{1B}[2J", .controlCharacter),
    ("a\u{7F}", .controlCharacter), ("a\u{85}", .controlCharacter), ("a\u{202E}b", .controlCharacter),
    ("a\u{200B}b", .controlCharacter), ("a\u{FEFF}", .controlCharacter), ("a\u{E0041}", .controlCharacter),
    ("a\u{2028}b", .controlCharacter), ("a\u{E000}", .controlCharacter), ("a\u{FFFF}", .controlCharacter),
    (" a", .surroundingSpace), ("a ", .surroundingSpace), ("a/ b", .surroundingSpace), (" \u{301}a", .surroundingSpace),
    ("a.", .trailingDot), ("a./b", .trailingDot), ("...", .trailingDot),
    ("con", .reservedName), ("CON", .reservedName), ("con.txt", .reservedName), ("a/Nul.tar.gz", .reservedName),
    ("aux .txt", .reservedName), ("COM1", .reservedName), ("com0.x", .reservedName), ("lpt9", .reservedName),
    ("COM\u{B9}", .reservedName), ("LPT\u{B3}.md", .reservedName), ("conin$", .reservedName),
    ("CONOUT$.x", .reservedName),
    ("prn.\u{301}x", .reservedName),
    (".git", .ownMarker), ("a/.GIT/config", .ownMarker), (".agent-mesh.json", .ownMarker),
    ("x/.Agent-Mesh/y", .ownMarker),
    (".ｇｉｔ", .ownMarker), (".gi\u{FE00}t", .ownMarker),
    ("cafe\u{301}", .notNormalized), ("a/\u{212A}", .notNormalized), ("\u{1100}\u{1161}", .notNormalized),
    (String(repeating: "a", count: 201), .tooLong), (String(repeating: "aaaa/", count: 48) + "b", .tooLong),
    (String(repeating: "a/", count: 16) + "b", .tooDeep),
  ])
  func `refuses a path that is not the same everywhere, or leaves the skill`(text: String, rule: SkillPath.Rule) {
    let refusal = #expect(throws: SkillPath.Refusal.self) { try SkillPath(parsing: text) }
    #expect(refusal?.rule == rule)
  }

  @Test func `refuses bytes that are not UTF-8`() {
    for bytes: [UInt8] in [[0x61, 0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
      let refusal = #expect(throws: SkillPath.Refusal.self) { try SkillPath(validating: bytes) }
      #expect(refusal?.rule == .notUTF8)
    }
  }

  @Test func `shows a refused path without its escapes`() {
    let refusal = #expect(throws: SkillPath.Refusal.self) { try SkillPath(parsing: "a\u{1B}]52;c\u{7}") }
    #expect(refusal?.description.contains("\u{1B}") == false)
    #expect(refusal?.description.contains("\\u{1B}") == true)
  }

  @Test func `takes bounds exactly`() throws {
    _ = try SkillPath(parsing: String(repeating: "a", count: 200))
    _ = try SkillPath(parsing: String(repeating: "a/", count: 15) + "b")
    let full = String(repeating: "aaa/", count: 15) + String(repeating: "b", count: 180)
    #expect(full.utf8.count == 240)
    _ = try SkillPath(parsing: full)
    #expect(throws: SkillPath.Refusal.self) { try SkillPath(parsing: full + "b") }
  }

  @Test func `names the folders above it`() throws {
    let path = try SkillPath(parsing: "a/b\u{308}ä/c.md".precomposedStringWithCanonicalMapping)
    #expect(path.ancestors.count == 2)
    #expect(path.ancestors.first == "a")
    #expect(path.components.count == 3)
  }

  @Test func `no accepted path climbs, whatever it is made of`() {
    let pieces = [
      "a", "..", ".", "/", "//", "\\", "\u{301}", "\u{308}", "é", "\u{FE0F}", "\u{200D}", " ", "con", ".git", "ß",
      "%2e", "~", ":",
      "..\u{301}", "\u{34F}",
    ]
    var random = SplitMix64(seed: 7)
    var accepted = 0
    for _ in 0..<30_000 {
      let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
      guard let path = try? SkillPath(parsing: text) else { continue }
      accepted += 1
      let components = Array(path.string.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      #expect(
        !components.contains { $0.isEmpty || $0.elementsEqual("..".utf8) || $0.elementsEqual(".".utf8) }, "\(text)")
      #expect(components.count == path.components.count)
    }
    #expect(accepted > 1000)
  }
}
