/// `metadata`: a mapping from texts to texts.
enum MetadataChecks {
  static func findings(_ document: SkillDocument) -> [Finding] {
    guard let metadata = document.metadata, !metadata.isNull else { return [] }
    guard let entries = metadata.mapping else {
      return [
        document.finding(
          .metadataNotMapping, at: metadata, "'metadata' is not a list of 'key: value'",
          remedy: "Write each 'key: value' on a line of its own below 'metadata:', indented by two spaces")
      ]
    }
    return dependencies(document, metadata)
      + entries.filter { $0.key != "dependencies" && !isText($0.value) }.map { entry in
        document.finding(
          .metadataValueNotText, at: entry, "the value of 'metadata.\(entry.key, limit: 60)' is not a text",
          remedy: "Put the value in double quotes, a nested one as JSON in single quotes")
      }
  }

  /// Other tools write packages and programs under this key, which is their right; only what was meant as a reference
  /// of ours and is none is a mistake.
  private static func dependencies(_ document: SkillDocument, _ metadata: FrontMatter.Value) -> [Finding] {
    guard let value = metadata["dependencies"], !value.isNull else { return [] }
    guard value.strings != nil else {
      let isMeant = value.mapping?.contains { looksLikeReference($0.key) } ?? false
      return [
        document.finding(
          isMeant ? .dependencyInvalid : .dependencyForeign, at: value,
          "'metadata.dependencies' is no list of skills, and nothing of it is counted",
          remedy: "Write each skill on a line of its own, such as: - acme/base@^1.2")
      ]
    }
    return document.dependencies.filter { (try? SkillReference(parsing: $0)) == nil }.map { word in
      document.finding(
        looksLikeReference(word) ? .dependencyInvalid : .dependencyForeign, at: value,
        "'\(word, limit: 80)' in 'metadata.dependencies' names no skill and is not counted",
        remedy: "Write each skill as author/slug, or with a range as author/slug@^1.2")
    }
  }

  /// Two words with a slash between them; `@scope/package`, addresses and paths are something else.
  private static func looksLikeReference(_ text: String) -> Bool {
    let name = text.prefix { !"@^~<>=* ".contains($0) }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." } && !name.contains(":")
  }

  private static func isText(_ value: FrontMatter.Value) -> Bool {
    guard case .scalar(let text, let style) = value.kind else { return false }
    return style != .plain || !YAMLScalar.readsAsData(text)
  }
}
