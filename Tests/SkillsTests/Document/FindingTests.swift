import Foundation
import Skills
import Testing

@Suite struct FindingTests {
  @Test func `reads as one line and a remedy`() {
    let finding = Finding(
      .nameInvalid, .error, file: "a/SKILL.md", line: 2, column: 7, message: "bad", remedy: "Mend it")
    #expect(finding.description == "a/SKILL.md:2: error: bad [name-invalid]\n  Mend it")
    let whole = Finding(.fileTooLarge, file: "x", message: "m", remedy: "")
    #expect(whole.description == "x: error: m [file-too-large]")
  }

  @Test func `shows nothing that moves a cursor`() {
    let finding = Finding(.unknown, .note, file: "a\u{1B}[2J", message: "b\u{7}\n", remedy: "\u{202E}c")
    #expect(!finding.description.unicodeScalars.contains { $0 != "\n" && TerminalText.isUnsafe($0) })
    #expect(finding.description.count { $0 == "\n" } == 1)
  }

  @Test func `travels through JSON, and an unknown rule does not stop it`() throws {
    let finding = Finding(.flowStyle, .warning, file: "SKILL.md", line: 3, message: "m", remedy: "r")
    let data = try JSONEncoder().encode(finding)
    #expect(try JSONDecoder().decode(Finding.self, from: data) == finding)
    #expect(String(decoding: data, as: UTF8.self).contains("\"rule\":\"flow-style\""))
    let subject = Finding.Subject(folder: "f", reference: "a/f", version: nil)
    let other = Finding(.edited, of: subject, at: "x/f", "m", why: "w")
    #expect(try JSONDecoder().decode(Finding.self, from: JSONEncoder().encode(other)) == other)
    let foreign = Data(#"{"rule":"from-the-future","severity":"note","file":"f","message":"m","remedy":"r"}"#.utf8)
    #expect(try JSONDecoder().decode(Finding.self, from: foreign).rule == .unknown)
    let nobody = Data(#"{"rule":"edited","severity":"error","message":"m","folder":"f"}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Finding.self, from: nobody) }
  }

  @Test func `rules have stable codes of lower-case words`() {
    #expect(Finding.Rule.allCases.allSatisfy { $0.rawValue.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber } })
    let severities: [Severity] = [.error, .note, .warning]
    #expect(severities.sorted() == [.note, .warning, .error])
  }

  @Test func `a refusal is a finding, too`() {
    let refusal = DocumentRefusal(.yamlTag, line: 4, column: 2, message: "m\("\u{1B}")", remedy: "r")
    let finding = refusal.finding(in: "x/SKILL.md")
    #expect(finding.rule == .yamlTag && finding.severity == .error && finding.line == 4 && finding.file == "x/SKILL.md")
    #expect(refusal.description == "line 4: m\\u{1B}. r")
  }
}
