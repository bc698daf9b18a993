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
        let key = TerminalText.escaped(entry.key, limit: 60)
        return document.finding(
          .metadataValueNotText, at: entry, "the value of 'metadata.\(key)' is not a text",
          remedy: "Put the value in double quotes, a nested one as JSON in single quotes")
      }
  }

  private static func dependencies(_ document: SkillDocument, _ metadata: FrontMatter.Value) -> [Finding] {
    guard let value = metadata["dependencies"], !value.isNull else { return [] }
    guard value.strings != nil else {
      return [
        document.finding(
          .dependencyInvalid, at: value, "'metadata.dependencies' is no list of skills, and nothing of it is counted",
          remedy: "Write each on a line of its own, such as: - acme/base@^1.2")
      ]
    }
    return document.dependencies.filter { (try? SkillReference(parsing: $0)) == nil }.map { word in
      document.finding(
        .dependencyInvalid, at: value,
        "'\(TerminalText.escaped(word, limit: 80))' in 'metadata.dependencies' names no skill and is not counted",
        remedy: "Write each as author/slug, or with a range as author/slug@^1.2")
    }
  }

  private static func isText(_ value: FrontMatter.Value) -> Bool {
    guard case .scalar(let text, let style) = value.kind else { return false }
    return style != .plain || !YAMLScalar.readsAsData(text)
  }
}
