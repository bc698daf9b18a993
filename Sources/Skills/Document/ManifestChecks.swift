/// The files around the document: its own name among them.
enum ManifestChecks {
  static func findings(_ document: SkillDocument, _ context: Validation.Context) -> [Finding] {
    guard let manifest = context.manifest else { return [] }
    let main = SkillPath.skillMarkdown.string
    let others = manifest.entries.filter {
      $0.path.string != main && $0.path.string.lowercased() == main.lowercased()
    }
    if let other = others.first {
      return [
        Finding(
          .mainFileSpelling, file: other.path.string, message: "the main file is spelled '\(other.path)'",
          remedy: "Rename it to '\(main)'")
      ]
    }
    guard manifest[.skillMarkdown] == nil else { return [] }
    return [
      Finding(.mainFileMissing, file: main, message: "there is no '\(main)'", remedy: "Put '\(main)' at the root")
    ]
  }
}
