import Skills
import Testing

@Suite struct SkillReferenceTests {
  @Test func `is a name, with or without a range`() throws {
    let plain = try SkillReference(parsing: "acme/reviewer")
    #expect(plain.range == nil && plain.name.author.rawValue == "acme" && plain.name.slug.rawValue == "reviewer")
    let ranged = try SkillReference(parsing: "acme/reviewer@^1.2 || 3")
    #expect(ranged.range?.contains(try SemanticVersion(parsing: "1.9.0")) == true)
    #expect(ranged.description == "acme/reviewer@^1.2 || 3")
    #expect(try SkillReference(parsing: "acme/reviewer@1.2.3-rc.1").range?.exact?.description == "1.2.3-rc.1")
  }

  @Test(arguments: [
    "", "acme", "acme/", "/reviewer", "acme/reviewer/x", "acme//reviewer", "@acme/reviewer", "acme/reviewer@?",
    "acme/../x", "Acme/reviewer", "acme/reviewer@1@2", "acme /reviewer", "https://x/y", "acme\\reviewer",
    "acme/\u{301}x",
  ])
  func `refuses any other text`(text: String) {
    let refusal = #expect(throws: NameRefusal.self) { try SkillReference(parsing: text) }
    #expect(refusal?.description.isEmpty == false)
  }
}
