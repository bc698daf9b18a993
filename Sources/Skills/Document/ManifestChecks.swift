/// The files around the document: its own name among them.
enum ManifestChecks {
  private static let main = SkillPath.skillMarkdown.string

  static func findings(_ document: SkillDocument, _ context: Validation.Context) -> [Finding] {
    if let finding = misspelling(document.file) { return [finding] }
    guard let manifest = context.manifest else { return [] }
    if let finding = manifest.entries.lazy.compactMap({ misspelling($0.path.string) }).first { return [finding] }
    guard manifest[.skillMarkdown] == nil else { return [] }
    return [
      Finding(.mainFileMissing, file: main, message: "there is no '\(main)'", remedy: "Put '\(main)' at the root")
    ]
  }

  /// Agents that look for the very name do not find another spelling of it.
  private static func misspelling(_ file: String) -> Finding? {
    guard file != main, file.lowercased() == main.lowercased() else { return nil }
    return Finding(
      .mainFileSpelling, file: file, message: "the main file is spelled '\(file)'", remedy: "Rename it to '\(main)'")
  }
}
