/// The keys of front matter as flat texts, for comparing and showing them.
enum FrontMatterText {
  /// The keys that decide what a skill may do, the gravest first; all others come behind, by name.
  static let safetyKeys = [
    "hooks", "allowed-tools", "disallowed-tools", "shell", "context", "agent", "model", "disable-model-invocation",
    "user-invocable", "paths", "metadata.dependencies", "compatibility", "description", "when_to_use", "name",
  ]

  static func comesFirst(_ left: String, _ right: String) -> Bool {
    let ranks = [left, right].map { safetyKeys.firstIndex(of: $0) ?? safetyKeys.count }
    return ranks[0] == ranks[1] ? left < right : ranks[0] < ranks[1]
  }

  /// Every key with its value on one line; those of `metadata` one by one, as `metadata.version`.
  static func fields(of frontMatter: FrontMatter) -> [String: String] {
    var fields: [String: String] = [:]
    for entry in frontMatter.entries {
      if entry.key == "metadata", let members = entry.value.mapping {
        for member in members { fields["metadata." + member.key] = text(of: member.value) }
      } else {
        fields[entry.key] = text(of: entry.value)
      }
    }
    return fields
  }

  /// Scalars as they are, collections with brackets.
  static func text(of value: FrontMatter.Value) -> String {
    switch value.kind {
    case .scalar(let text, _): text
    case .sequence(let items, _): "[" + items.map(Self.text).joined(separator: ", ") + "]"
    case .mapping(let entries, _):
      "{" + entries.map { $0.key + ": " + text(of: $0.value) }.joined(separator: ", ") + "}"
    }
  }
}
