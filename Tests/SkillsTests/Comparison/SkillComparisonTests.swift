import Foundation
import Testing

@testable import Skills

@Suite struct SkillComparisonTests {
  private func files(_ texts: [String: String], executable: Set<String> = []) -> [SkillPath: SkillFile] {
    Dictionary(
      uniqueKeysWithValues: texts.map { path, text in
        (try! SkillPath(parsing: path), SkillFile(Array(text.utf8), isExecutable: executable.contains(path)))
      })
  }

  private static let old = "---\nname: a\ndescription: Does a.\nmetadata:\n  version: 1.0.0\n---\n\nText.\n"
  private static let new = """
    ---
    name: a
    description: Does b.
    hooks:
      PreToolUse:
        - command: ./run.sh
    allowed-tools: Bash(*)
    color: red
    metadata:
      version: 1.1.0
    ---

    Text.

    """

  @Test func `lists changed keys, those that concern safety first`() {
    let comparison = SkillComparison(from: files(["SKILL.md": Self.old]), to: files(["SKILL.md": Self.new]))
    #expect(comparison.fields.map(\.key) == ["hooks", "allowed-tools", "description", "color", "metadata.version"])
    #expect(comparison.fields.map(\.concernsSafety) == [true, true, true, false, false])
    #expect(comparison.fields[0].after == "{PreToolUse: [{command: ./run.sh}]}")
    #expect(comparison.fields[0].before == nil)
    #expect((comparison.fields[4].before, comparison.fields[4].after) == ("1.0.0", "1.1.0"))
  }

  @Test func `sorts files by what they are to an agent, and says what became of each`() {
    let before = files(
      [
        "SKILL.md": Self.old, "data.csv": "1\n", "gone.md": "x\n", "run": "#!/bin/sh\n", "same.py": "1\n",
        "mode": "x\n",
      ])
    let after = files(
      [
        "SKILL.md": Self.old + "More.\n", "data.csv": "2\n", "run": "#!/bin/sh\n", "same.py": "1\n", "mode": "x\n",
        "scripts/new": "echo\n",
      ],
      executable: ["mode"])
    let comparison = SkillComparison(from: before, to: after)
    #expect(
      comparison.files.map { "\($0.path) \($0.kind.rawValue) \($0.change.rawValue)" } == [
        "SKILL.md instructions changed", "gone.md instructions removed", "mode executable mode_changed",
        "scripts/new executable added", "data.csv other changed",
      ])
    #expect(
      comparison.lines.block == """
        = SKILL.md: instructions changed
        @@ -6,3 +6,4 @@
         ---
         
         Text.
        +More.
        = gone.md: instructions removed
        @@ -1,1 +0,0 @@
        -x
        ! mode: executable unchanged, may be run now
        ! scripts/new: executable added
        @@ -0,0 +1,1 @@
        +echo
        = data.csv: file changed
        @@ -1,1 +1,1 @@
        -1
        +2

        """)
  }

  @Test func `shows keys before lines, and nothing unescaped`() {
    let hostile = Self.old.replacing("Does a.", with: "\"\\e[2J\"").replacing("Text.", with: "\u{202E}")
    let text = SkillComparison(from: files(["SKILL.md": Self.old]), to: files(["SKILL.md": hostile])).lines.block
    #expect(text.hasPrefix("! SKILL.md: description\n-  Does a.\n+  \\u{1B}[2J\n= SKILL.md: instructions changed\n@@"))
    #expect(!text.unicodeScalars.contains { $0 != "\n" && TerminalText.isUnsafe($0) })
  }

  @Test func `says what it could not compare`() {
    let broken = SkillComparison(from: files(["SKILL.md": Self.old]), to: files(["SKILL.md": "no front matter"]))
    #expect(broken.notes == ["The SKILL.md after cannot be read: there is no front matter"])
    #expect(broken.fields.isEmpty)
    #expect(broken.lines.block.hasPrefix("! The SKILL.md after"))
    #expect(SkillComparison(from: [:], to: files(["SKILL.md": Self.old])).notes == ["There is no SKILL.md before"])
    let binary = SkillComparison(from: [:], to: [try! SkillPath(parsing: "x.so"): SkillFile([0, 1])])
    #expect(binary.lines.block.contains("! x.so: executable added (the lines are not shown"))
  }

  @Test func `equal skills have nothing to tell`() {
    let comparison = SkillComparison(from: files(["SKILL.md": Self.old]), to: files(["SKILL.md": Self.old]))
    #expect(comparison.isEmpty)
    #expect(comparison.lines.isEmpty)
  }

  @Test func `survives JSON`() throws {
    let comparison = SkillComparison(from: files(["SKILL.md": Self.old]), to: files(["SKILL.md": Self.new]))
    let data = try JSONEncoder().encode(comparison)
    #expect(try JSONDecoder().decode(SkillComparison.self, from: data) == comparison)
    #expect(String(decoding: data, as: UTF8.self).contains("\"concernsSafety\":true"))
  }

  @Test(
    arguments: [
      ("SKILL.md", "", FileKind.instructions), ("references/a.TXT", "", .instructions),
      ("scripts/README.md", "", .instructions),
      ("scripts/tool", "", .executable), ("a/scripts/data", "", .other), ("run.PY", "", .executable),
      ("x", "#!/bin/sh", .executable), ("x.md", "#!/bin/sh", .executable), ("x", "\u{7F}ELF", .executable),
      ("data.json", "{}", .other), ("LICENSE", "", .other), ("sh", "", .other), ("a.b.ps1", "", .executable),
    ])
  func `tells what a file is`(path: String, start: String, kind: FileKind) throws {
    #expect(FileKind(of: try SkillPath(parsing: path), isExecutable: false, start: start.utf8) == kind)
    #expect(FileKind(of: try SkillPath(parsing: path), isExecutable: true, start: start.utf8) == .executable)
  }
}
