import Testing

@testable import Skills

/// The one rule of fences, and the forms a file comes in.
@Suite struct FencesTests {
  @Test(arguments: [
    ("---\nname: a\n---\nbody", "body"), ("---\nname: a\n---", ""), ("---\nname: a\n---\n", ""),
    ("---\nname: a\n---\n---\nx\n---\n", "---\nx\n---\n"), ("---\nname: a\n---\n\n---\n", "\n---\n"),
    ("---\r\nname: a\r\n---\r\nbody\r\n", "body\r\n"), ("---\nname: a\r\n---\nbody\r\nmore\n", "body\r\nmore\n"),
    ("---\nname: a\ntext: x---y\n---\nb", "b"),
    ("---\nname: a\ntext: |\n  ---\n  y\n---\nb", "b"), ("---\nname: a\n ---\n---\nb", "b"),
    ("---\nname: a\nx: ----\n---\nb", "b"),
  ])
  func `ends the front matter at a line that is exactly three hyphens`(text: String, body: String) throws {
    let document = try SkillDocument(reading: Array(text.utf8))
    #expect(document.name?.hasPrefix("a") == true)
    #expect(document.body == body)
    #expect(document.text == text && document.bytes == Array(text.utf8))
    #expect(document.findings.isEmpty)
  }

  @Test(arguments: [
    ("", Finding.Rule.noFrontMatter), ("# Title\n", .noFrontMatter), ("name: a\n", .noFrontMatter),
    ("----\nname: a\n---\n", .noFrontMatter),
    (" ---\nname: a\n---\n", .noFrontMatter), ("--- name: a\n---\n", .noFrontMatter),
    ("# Title\n---\nsome: text\n---\n", .noFrontMatter),
    ("```yaml\n---\ntext\n---\n", .noFrontMatter), ("—\nname: a\n—\n", .noFrontMatter),
    (String(repeating: "x\n", count: 21) + "---\nname: a\n---\n", .noFrontMatter),
    ("---\nname: a\n", .unclosedFrontMatter), ("---\nname: a\n--- x\n", .unclosedFrontMatter),
    ("---", .unclosedFrontMatter),
    ("---\nname: a\n ---\n", .unclosedFrontMatter), ("---\nname: a\n----\n", .unclosedFrontMatter),
    ("---\n", .unclosedFrontMatter),
  ])
  func `refuses a text whose front matter has no start or no end`(text: String, rule: Finding.Rule) {
    #expect(Documents.refusal(ofText: text)?.rule == rule)
    #expect(Documents.refusal(ofText: text)?.line != nil)
  }

  @Test(arguments: [
    ("\u{FEFF}---\nname: a\n---\nb", Finding.Rule.byteOrderMark, 1),
    ("\n\n---\nname: a\n---\nb", .textBeforeFrontMatter, 1),
    ("<!-- note -->\n---\nname: a\n---\nb", .textBeforeFrontMatter, 1),
    ("<!--\n---\n-->\n\n---\nname: a\n---\nb", .textBeforeFrontMatter, 1),
    ("> Related\n\n---\nname: a\n---\nb", .textBeforeFrontMatter, 1),
    ("# T\n---\ndescription: x\nname: a\n---\nb", .textBeforeFrontMatter, 1),
    ("---\rname: a\r---\rb", .controlCharacter, 1), ("---\nname: a\rx: y\n---\nb", .controlCharacter, 2),
    ("---\nname: a\n---\rb", .controlCharacter, 3),
    ("---  \nname: a\n---\nb", .fenceSpaces, 1), ("---\nname: a\n---\t\nb", .fenceSpaces, 3),
  ])
  func `forgives a blemish around the fences and says so`(text: String, rule: Finding.Rule, line: Int) throws {
    let document = try SkillDocument(reading: Array(text.utf8))
    #expect(document.findings.map(\.rule) == [rule])
    #expect(document.findings.first?.line == line)
    #expect(document.name == "a" && document.body == "b" && document.text.utf8.elementsEqual(text.utf8))
  }

  @Test func `counts lines from the start of the file`() throws {
    let document = try SkillDocument(reading: Array("\u{FEFF}\r\n---\r\nname: a\r\nversion: 1\r\n---\r\n\r\nbody".utf8))
    #expect(document.frontMatter.entries.map(\.line) == [3, 4])
    #expect(document.bodyLine == 6)
  }

  @Test func `a carriage return alone in the text below says nothing`() throws {
    #expect(try SkillDocument(reading: Array("---\nname: a\n---\na\rb\r\n".utf8)).findings.isEmpty)
  }

  @Test func `a document of many bodies keeps its verdict`() throws {
    let bodies = [
      "a: [b\n---\nname: other\n---\n", "---\r\n", "--- \n---\t\n", "----\n---", "***\n___\n", "\u{2028}---\u{2028}",
      "{\"a\": [}", "'\n\"\n`", "<!-- ---\n--> ---\n", "    ---\n\t---\n", "?\n:\n-\n", "|\n>\n", "\u{FEFF}---\n",
      "💥\n---",
      "---\na: [\n---", "...\n", "%YAML 1.2\n---\n", "\t- x", "- &a *a", "\"", "{{", "```\n---\n",
      "\u{0}".replacing("\u{0}", with: "x"),
    ]
    for body in bodies {
      let document = try SkillDocument(reading: Array(Documents.text("name: a", body: body).utf8))
      #expect(document.body == body && document.findings.isEmpty)
    }
  }
}
