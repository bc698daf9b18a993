import Testing

@testable import Skills

@Suite struct HiddenCharactersTests {
  @Test(arguments: [
    "plain", "ünï 文件", "👩‍💻 ❤️ 1️⃣ 👨‍👩‍👧‍👦 🏳️‍🌈", "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "می‌خواهم", "क्‍ष",
    "葛\u{E0100}", "tab\there", "",
  ])
  func `sees nothing hidden in writing and emoji`(text: String) {
    #expect(HiddenCharacters.sighting(in: text) == nil)
  }

  @Test(arguments: [
    ("a\u{200B}b", 2, 1, ""), ("a\u{200D}b", 2, 1, ""), ("\u{FEFF}x", 1, 1, ""), ("x\u{2060}\u{2061}", 2, 2, ""),
    ("\u{202A}a\u{202C}", 1, 2, ""),
    ("a\u{AD}b", 2, 1, ""), ("\u{3164}", 1, 1, ""), ("a\u{34F}b", 2, 1, ""), ("👍\u{FE0F}\u{FE01}\u{FE02}", 3, 2, ""),
    ("x\u{E0061}\u{E0062}", 2, 2, "ab"),
    ("\u{E0001}", 1, 1, ""), ("a\u{200B}\u{E0001}", 2, 2, ""),
    ("\u{1F3F4}\u{E0061}\u{E0062}\u{E0063}\u{E0064}\u{E0065}\u{E007F}", 2, 6, "abcde"),
    ("é\u{200B}\u{200B}é", 2, 2, ""), ("é\u{200C}\u{200C}é", 2, 2, ""),
  ])
  func `sees what hides, where, and what it says`(text: String, column: Int, count: Int, hidden: String) {
    let sighting = HiddenCharacters.sighting(in: text)
    #expect(sighting?.column == column && sighting?.count == count && sighting?.hiddenText == hidden)
    #expect(sighting?.hasTags == text.unicodeScalars.contains(where: HiddenCharacters.isTag))
  }

  @Test func `labels a character by its code and name`() {
    #expect(HiddenCharacters.label("\u{202E}") == "U+202E RIGHT-TO-LEFT OVERRIDE")
    #expect(HiddenCharacters.label("\u{7}").hasPrefix("U+0007"))
  }
}
