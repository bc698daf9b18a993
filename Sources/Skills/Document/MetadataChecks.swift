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
    return entries.filter { !isText($0.value) }.map { entry in
      let key = TerminalText.escaped(entry.key, limit: 60)
      return document.finding(
        .metadataValueNotText, at: entry, "the value of 'metadata.\(key)' is not a text",
        remedy: "Put the value in double quotes, a nested one as JSON in single quotes")
    }
  }

  private static func isText(_ value: FrontMatter.Value) -> Bool {
    guard case .scalar(let text, let style) = value.kind else { return false }
    return style != .plain || !YAMLScalar.readsAsData(text)
  }
}
