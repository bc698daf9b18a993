import TestSupport
import Testing

@testable import Skills

@Suite struct SkillTemplateTests {
  @Test(arguments: [
    ("Fills in PDF forms.", "Fills in PDF forms."), ("say \"hi\" and 'ho'", "say \"hi\" and 'ho'"),
    ("C:\\Users\\me", "C:\\Users\\me"),
    ("Use when: always", "Use when: always"), ("ends with:", "ends with:"), ("# not a comment", "# not a comment"),
    ("a # b", "a # b"),
    ("two\nlines\r\n\tand more", "two lines and more"), ("🤖 ünï 文件 👩‍💻", "🤖 ünï 文件 👩‍💻"), ("- dash", "- dash"),
    ("[a] {b}", "[a] {b}"),
    ("&anchor *alias !tag", "&anchor *alias !tag"), ("true", "true"), ("1.0", "1.0"), ("~", "~"), ("null", "null"),
    ("2024-01-02", "2024-01-02"),
    ("---", "---"), ("@at `tick` %x", "@at `tick` %x"), ("a\u{1B}[31mb\u{202E}", "a[31mb"), ("  spaced  ", "spaced"),
    ("|", "|"), (">", ">"),
    ("", "Say what the skill does and when to use it."), (" \n ", "Say what the skill does and when to use it."),
    ("a: b # c \"d\" \\ e", "a: b # c \"d\" \\ e"),
  ])
  func `is valid for any description`(description: String, text: String) throws {
    let slug = try SkillSlug(parsing: "my-skill")
    let template = SkillDocument.template(name: slug, description: description)
    let document = try SkillDocument(reading: Array(template.utf8))
    #expect(document.description == text)
    #expect(document.name == "my-skill" && document.version == "1.0.0")
    #expect(document.findings.isEmpty)
    let context = Validation.Context(folderName: "my-skill", profile: .portable)
    #expect(Validation.findings(for: document, in: context).isEmpty)
  }

  @Test func `cuts a long description at 1024 characters`() throws {
    let slug = try SkillSlug(parsing: "a")
    let template = SkillDocument.template(name: slug, description: String(repeating: "ä\" ", count: 900))
    let document = try SkillDocument(reading: Array(template.utf8))
    #expect((1020...1024).contains(document.description?.unicodeScalars.count ?? 0))
    #expect(!Validation.refusesPublishing(Validation.findings(for: document, in: .init(profile: .portable))))
  }

  @Test func `names and versions that look like data are quoted`() throws {
    let template = SkillDocument.template(
      name: try SkillSlug(parsing: "123"), description: "x", version: try Documents.version("2.0.0-rc.1"))
    #expect(template.contains("name: \"123\"\n") && template.contains("  version: \"2.0.0-rc.1\"\n"))
  }

  @Test func `random descriptions come back as they went in`() throws {
    var random = SplitMix64(seed: 11)
    let pieces = [
      "a", "\"", "'", "\\", ":", " ", "#", "\n", "\t", "ä", "🤖", "-", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">",
      "%", "@", "`", "\u{80}", "\u{2028}",
    ]
    let slug = try SkillSlug(parsing: "a")
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      let document = try SkillDocument(reading: Array(SkillDocument.template(name: slug, description: text).utf8))
      let wanted = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").filter { $0 != "\u{80}" }
      if !wanted.isEmpty {
        #expect(document.description == wanted.split(separator: " ").joined(separator: " "), "\(text)")
      }
      #expect(document.findings.isEmpty)
    }
  }
}
