import Skills
import Testing

@Suite struct NameTests {
  @Test(arguments: ["a", "0", "pdf-forms", "a1-b2-c3", String(repeating: "a", count: 39)])
  func `takes a name of small letters, digits and single hyphens`(text: String) throws {
    #expect(try AuthorName(parsing: text).rawValue == text)
    #expect(try SkillSlug(parsing: text).description == text)
  }

  @Test(arguments: [
    "", "-a", "a-", "a--b", "A", "a_b", "a.b", "a b", "ä", "a/b", "a\n", "а", "a\u{301}", "a\u{200B}", "-\u{301}a",
    "@a",
    String(repeating: "a", count: 65),
  ])
  func `refuses any other`(text: String) {
    let author = #expect(throws: NameRefusal.self) { try AuthorName(parsing: text) }
    #expect(author?.text == text)
    #expect(throws: NameRefusal.self) { try SkillSlug(parsing: text) }
  }

  @Test func `an author has at most 39 characters, a slug 64`() throws {
    #expect(throws: NameRefusal.self) { try AuthorName(parsing: String(repeating: "a", count: 40)) }
    _ = try SkillSlug(parsing: String(repeating: "a", count: 64))
  }

  @Test(arguments: ["con", "nul", "aux", "prn", "com1", "lpt9", "com0"])
  func `a slug is no device of Windows`(text: String) {
    #expect(throws: NameRefusal.self) { try SkillSlug(parsing: text) }
  }

  @Test(arguments: [
    ("Writing Hookify Rules", "writing-hookify-rules"), ("PDF_Tools 2", "pdf-tools-2"), ("--a--", "a"),
    ("ring_central", "ring-central"),
    ("Ünïcode x", "n-code-x"), (String(repeating: "ab-", count: 30), String(repeating: "ab-", count: 21) + "a"),
  ])
  func `derives the nearest slug`(text: String, slug: String) {
    #expect(SkillSlug(deriving: text)?.rawValue == slug)
  }

  @Test(arguments: ["", "---", "文件", "con", "🤖"])
  func `derives none where nothing can stay`(text: String) {
    #expect(SkillSlug(deriving: text) == nil)
  }

  @Test(arguments: [
    ("paypal", "paypa1"), ("a-b", "ab"), ("google", "goog1e"), ("o0", "00"), ("my-i", "myl"),
  ])
  func `two authors that look alike share a skeleton`(left: String, right: String) throws {
    #expect(try AuthorName(parsing: left).skeleton == (try AuthorName(parsing: right)).skeleton)
  }

  @Test func `tells authors apart that look different`() throws {
    #expect(try AuthorName(parsing: "acme").skeleton != (try AuthorName(parsing: "acne")).skeleton)
  }

  @Test func `keeps the words of the platform`() throws {
    for text in ["admin", "api", "agent-mesh", "well-known", "link", "operator", "m0derator", "staff"] {
      #expect(try AuthorName(parsing: text).isReserved, "\(text)")
    }
    #expect(try !AuthorName(parsing: "acme").isReserved)
  }

  @Test func `orders names by their text`() throws {
    let names = try ["b/a", "a/z", "a/b"].map(SkillName.init(parsing:)).sorted().map(\.description)
    #expect(names == ["a/b", "a/z", "b/a"])
  }
}
