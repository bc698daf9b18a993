import Testing

@testable import Skills

@Suite struct DocumentBytesTests {
  private func refusal(_ bytes: [UInt8]) -> DocumentRefusal? {
    do throws(DocumentRefusal) {
      _ = try SkillDocument(reading: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ([0xFF], 1, "offset 14"), ([0x0A, 0x61, 0xC3], 2, "offset 16"), ([0xC0, 0xAF], 1, "offset 14"),
      ([0xED, 0xA0, 0x80], 1, "offset 14"),
      ([0xE4, 0xF6], 1, "offset 14"), ([0xC3, 0xA4, 0x0A, 0x0A, 0xF5], 3, "offset 18"),
    ] as [([UInt8], Int, String)])
  func `refuses what is not UTF-8 and says where`(tail: [UInt8], line: Int, offset: String) {
    let refusal = refusal(Array("---\na: b\n---\nx".utf8) + tail)
    #expect(refusal?.rule == .notUTF8)
    #expect(refusal?.line == 3 + line)
    #expect(refusal?.message.hasSuffix(offset) == true)
  }

  @Test func `refuses UTF-16 by its mark, and without one by its NULs`() {
    let text = "---\nname: a\n---\n"
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(refusal([0xFF, 0xFE] + little)?.message.contains("UTF-16") == true)
    #expect(refusal([0xFE, 0xFF] + big)?.message.contains("UTF-16") == true)
    #expect(refusal(little)?.rule == .nulByte)
    #expect(refusal(big)?.rule == .nulByte)
  }

  @Test func `refuses a NUL anywhere`() {
    let refusal = refusal(Array("---\nname: a\n---\n\nx\u{0}".utf8))
    #expect(refusal?.rule == .nulByte && refusal?.line == 5)
  }

  @Test func `takes a mebibyte and not a byte more`() {
    let head = Array("---\nname: a\n---\n".utf8)
    let full = head + Array(repeating: UInt8(ascii: "x"), count: SkillDocument.maximumBytes - head.count)
    #expect(refusal(full) == nil)
    #expect(refusal(full + [0x78])?.rule == .fileTooLarge)
    #expect(refusal(Array(repeating: 0, count: SkillDocument.maximumBytes + 1))?.rule == .fileTooLarge)
  }

  @Test func `only one mark is stripped`() {
    #expect(refusal(Array("\u{FEFF}\u{FEFF}---\nname: a\n---\n".utf8))?.rule == .noFrontMatter)
  }

  @Test(arguments: [
    ("name: a\u{80}b", 2, 8, "a\u{FFFD}b"), ("name: a\u{1B}b", 2, 8, "a\u{FFFD}b"),
    ("x: y\nname: ä\u{7F}", 3, 8, "ä\u{FFFD}"),
    ("name: a\u{85}b", 2, 8, "a\u{FFFD}b"), ("name: a\u{2028}b", 2, 8, "a\u{FFFD}b"),
    ("name: a\u{FFFE}b", 2, 8, "a\u{FFFD}b"),
    ("name: a\u{FEFF}b", 2, 8, "a\u{FFFD}b"), ("name: a\u{0C}b", 2, 8, "a\u{FFFD}b"),
  ])
  func `reads around a control character and says where it is`(text: String, line: Int, column: Int, name: String)
    throws
  {
    let document = try Documents.read(text)
    #expect(document.name == name)
    #expect(document.findings.map(\.rule) == [.controlCharacter])
    #expect(document.findings.first?.line == line && document.findings.first?.column == column)
  }
}
