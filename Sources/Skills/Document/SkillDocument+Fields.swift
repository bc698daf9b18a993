/// The fields that mean something here, read leniently.
extension SkillDocument {
  package var name: String? { frontMatter["name"]?.string }

  /// A list, which some authors write, counts as its items joined.
  package var description: String? {
    frontMatter["description"]?.strings?.joined(separator: ", ")
  }

  /// The text of `version`, else of `metadata.version`.
  package var version: String? {
    frontMatter["version"]?.string ?? metadata?["version"]?.string
  }

  /// What the version text means; `1` and `1.0`, which the format's own example has, are 1.0.0.
  ///
  /// - Throws: `VersionRefusal` when there is a version and it is not SemVer.
  package func semanticVersion() throws(VersionRefusal) -> SemanticVersion? {
    guard let version else { return nil }
    return try SemanticVersion(completing: version)
  }

  /// The version that every command and registry takes it for: the one it names, else 1.0.0.
  ///
  /// - Throws: `VersionRefusal` when there is a version and it is not SemVer.
  package func effectiveVersion() throws(VersionRefusal) -> SemanticVersion { try semanticVersion() ?? .initial }

  package var compatibility: String? { frontMatter["compatibility"]?.string }

  package var metadata: FrontMatter.Value? { frontMatter["metadata"] }

  /// The entries of `metadata.dependencies`, a list or a text with blanks or commas between them; each should be a
  /// reference such as `acme/base@^1.2`.
  package var dependencies: [String] {
    let texts = metadata?["dependencies"]?.strings ?? []
    return texts.flatMap { $0.split { $0 == "," || $0.isNewline }.flatMap(Self.references) }
  }

  /// A word with a slash begins a reference; others go on with its range, as in `acme/base@>=1.2 <3`.
  private static func references(in text: Substring) -> [String] {
    text.split(whereSeparator: \.isWhitespace).reduce(into: []) { references, word in
      if references.isEmpty || word.contains("/") {
        references.append(String(word))
      } else {
        references[references.count - 1] += " " + word
      }
    }
  }

  /// The tools of `allowed-tools`: a list, or a text with blanks or commas between them, such as
  /// `Read, Bash(git add:*)`.
  package var allowedTools: [String] {
    guard let value = frontMatter["allowed-tools"], let texts = value.strings else { return [] }
    if case .sequence = value.kind { return texts }
    return texts.flatMap(Self.tools)
  }

  private static func tools(in text: String) -> [String] {
    var depth = 0
    let words = text.split { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(depth - 1, 0) }
      return depth == 0 && (character == "," || character.isWhitespace)
    }
    return words.map(String.init)
  }
}
