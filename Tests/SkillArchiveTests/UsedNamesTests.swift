import Foundation
import Skills
import TestSupport
import Testing

@testable import SkillArchive

@Suite struct UsedNamesTests {
  @Test(arguments: [
    ("a.md", "a.md"), ("README.md", "readme.MD"), ("straße", "strasse"), ("STRASSE", "straße"), ("\u{1E9E}", "ss"),
    ("\u{1E9E}", "ß"), ("\u{17F}", "s"), ("ﬁ.md", "fi.md"), ("ﬅ", "st"), ("Σ", "ς"), ("σ", "ς"), ("Å", "\u{E5}"),
    ("É", "é"), ("ｆｕｌｌ", "full"), ("①", "1"), ("ǅ", "ǆ"), ("İ", "i\u{307}"), ("ŉ", "ʼn"), ("Ω", "ω"),
    ("Ꭰ", "ꭰ"), ("a\u{FE0F}", "a"), ("x\u{34F}y", "xy"), ("㎏", "kg"), ("K", "k"),
    ("dir/a", "DIR/b"), ("dir", "DIR/b"), ("dir/b", "dir"), ("a/b", "a"), ("straße/x", "STRASSE/y"),
  ])
  func `refuses two paths that some file system takes for one`(first: String, second: String) throws {
    for (one, other) in [(first, second), (second, first)] {
      var names = UsedNames()
      try names.insert(try SkillPath(parsing: one), as: .file)
      let path = try SkillPath(parsing: other)
      let refusal = #expect(throws: ArchiveRefusal.self) { try names.insert(path, as: .file) }
      #expect(refusal.map { [.collidingNames, .duplicateName, .fileAsFolder].contains($0.rule) } == true)
    }
  }

  @Test func `keeps what lies side by side`() throws {
    var names = UsedNames()
    for text in ["SKILL.md", "a/x", "a/y", "a/b/x", "b/x", "ab", "a.b", "ä", "a-x"] {
      try names.insert(try SkillPath(parsing: text), as: .file)
    }
  }

  @Test func `a set of accepted paths keeps its size under case mapping`() throws {
    let letters = [
      "a", "A", "ß", "ẞ", "ss", "SS", "ſ", "S", "s", "ﬁ", "fi", "Σ", "ς", "σ", "é", "É", "İ", "ı", "I", "i", "/", "-",
    ]
    var random = SplitMix64(seed: 8)
    for _ in 0..<300 {
      var names = UsedNames()
      var kept: [String] = []
      for _ in 0..<20 {
        let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in letters.randomElement(using: &random)! }
          .joined()
        guard let path = try? SkillPath(parsing: text), (try? names.insert(path, as: .file)) != nil else { continue }
        kept.append(path.string)
      }
      for map in [{ $0.lowercased() }, { $0.uppercased() }, { $0.uppercased().lowercased() }] as [(String) -> String] {
        #expect(Set(kept.map { map($0.precomposedStringWithCompatibilityMapping) }).count == kept.count, "\(kept)")
      }
    }
  }
}
