/// `description`: there, a text of at most 1024 characters, and nothing in it that hides or reorders text.
enum DescriptionChecks {
  static func findings(_ document: SkillDocument) -> [Finding] {
    guard let value = document.frontMatter["description"], !value.isNull, value.string?.isBlank != true else {
      let line = document.frontMatter.entry("description")?.line ?? document.fences.opening + 1
      return [
        document.finding(
          .descriptionMissing, line: line, "the skill has no description",
          remedy: "Add a line 'description: <what the skill does and when to use it>'")
      ]
    }
    guard let text = value.string else {
      return [
        document.finding(
          .descriptionNotText, at: value, "the description is a list or a mapping",
          remedy: "Write the description as one text, in double quotes")
      ]
    }
    return length(document, value, text) + unsafe(document, value, text)
  }

  private static func length(
    _ document: SkillDocument, _ value: FrontMatter.Value, _ text: String
  ) -> [Finding] {
    let count = text.unicodeScalars.count - text.unicodeScalars.reversed().prefix { $0 == "\n" || $0 == " " }.count
    guard count > SkillDocument.maximumDescription else { return [] }
    return [
      document.finding(
        .descriptionTooLong, at: value,
        "the description has \(count) characters of at most \(SkillDocument.maximumDescription)",
        remedy: "Shorten it by \(count - SkillDocument.maximumDescription) characters; details belong in the text")
    ]
  }

  private static func unsafe(
    _ document: SkillDocument, _ value: FrontMatter.Value, _ text: String
  ) -> [Finding] {
    let sighting = HiddenCharacters.sighting(in: text)
    let tag = sighting.flatMap { $0.hasTags ? $0.first : nil }
    guard let scalar = text.unicodeScalars.first(where: isForbidden) ?? tag else { return [] }
    return [
      document.finding(
        .descriptionUnsafe, at: value, "the description holds \(HiddenCharacters.label(scalar))",
        remedy: "Delete that character")
    ]
  }

  /// Beside what moves text, the two separators that end a line for some readers only.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    HiddenCharacters.movesText(scalar) || scalar == "\u{2028}" || scalar == "\u{2029}"
  }
}

extension String {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
