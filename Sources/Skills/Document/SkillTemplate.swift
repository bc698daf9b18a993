extension SkillDocument {
  /// The most characters (Unicode scalars) that a description may have (Agent Skills specification).
  package static let maximumDescription = 1024

  /// The text of a new SKILL.md: valid front matter for any description, and a body to fill in.
  ///
  /// The description becomes one line of at most 1024 characters; control and invisible characters are left out.
  package static func template(
    name: SkillSlug, description: String, version: SemanticVersion = .initial
  ) -> String {
    """
    ---
    name: \(YAMLScalar.written(name.rawValue))
    description: \(YAMLScalar.written(line(from: description)))
    metadata:
      version: \(YAMLScalar.doubleQuoted(version.description))
    ---

    # \(name)

    ## When to use

    Say which requests and situations this skill is for, and which it is not for.

    ## Steps

    1. Say what to do first, as an instruction to the agent.
    2. Name the files, commands and checks of each step.
    3. Say how the agent knows that it is done.

    ## Examples

    Show one request and the result that is wanted for it.

    ## Pitfalls

    Name what goes wrong easily, and what to do then.

    """
  }

  private static func line(from description: String) -> String {
    let safe = description.unicodeScalars.filter {
      $0.properties.isWhitespace || $0 == "\u{200D}" || !TerminalText.isUnsafe($0)
    }
    let words = String(String.UnicodeScalarView(safe)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let cut = String(String.UnicodeScalarView(words.unicodeScalars.prefix(maximumDescription)))
    return cut.isEmpty ? "Say what the skill does and when to use it." : String(cut[...].trimmingBlanks)
  }
}
