import Skills

/// A skill of a registry, and one version of it where somebody named one.
struct NamedVersion {
  let name: SkillName
  let number: SemanticVersion?

  /// - Parameters:
  ///   - word: `author/slug` or `author/slug@1.2.3`.
  ///   - option: The number as `--version` has it.
  /// - Throws: `usage` for a range, and for two versions at once.
  init(parsing word: String, version option: String?) throws {
    let reference = try SkillReference(parsing: word)
    name = reference.name
    if let range = reference.range, range.exact == nil {
      throw MeshError(
        .usage, "'\(word, limit: 200)' does not name one version",
        hint: "Write it as \(name)@1.2.3. See: agent-mesh skills info \(name)")
    }
    let named = try option.map { try SemanticVersion(parsing: $0) }
    if let named, let exact = reference.range?.exact, named != exact {
      throw MeshError(
        .usage, "'\(word, limit: 200)' and --version \(named) name different versions",
        hint: "Leave out one of them.")
    }
    number = named ?? reference.range?.exact
  }
}
