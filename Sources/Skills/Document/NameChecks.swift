/// `name`: there, a slug, and that of the folder.
enum NameChecks {
  static func findings(_ document: SkillDocument, _ context: Validation.Context) -> [Finding] {
    guard let value = document.frontMatter["name"], !value.isNull else {
      let suggestion = context.folderName.flatMap(SkillSlug.init(deriving:))?.rawValue ?? "my-skill"
      return [
        document.finding(
          .nameMissing, line: document.fences.opening + 1, "the skill has no name",
          remedy: "Add a line 'name: \(suggestion)'")
      ]
    }
    guard let name = value.string else {
      return [
        document.finding(
          .nameInvalid, at: value, "the name is not a text", remedy: "Write 'name: my-skill' on one line")
      ]
    }
    do throws(NameRefusal) {
      return folder(document, value, try SkillSlug(parsing: name), context)
    } catch {
      let suggestion = SkillSlug(deriving: name)?.rawValue ?? "my-skill"
      return [
        document.finding(
          .nameInvalid, at: value, "the name \(error)", remedy: "Write 'name: \(suggestion)', or another such name")
      ]
    }
  }

  private static func folder(
    _ document: SkillDocument, _ value: FrontMatter.Value, _ slug: SkillSlug, _ context: Validation.Context
  ) -> [Finding] {
    guard let folder = context.folderName, folder != slug.rawValue else { return [] }
    return [
      document.finding(
        .nameUnlikeFolder, at: value, "the name is '\(slug)', but the folder is '\(folder)'",
        remedy: "Rename the folder to '\(slug)'")
    ]
  }
}
