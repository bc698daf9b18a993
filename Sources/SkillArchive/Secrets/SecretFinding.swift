import Skills

/// A line of a file that looks like a secret; the secret itself is never kept.
package struct SecretFinding: Hashable, Sendable, CustomStringConvertible {
  package var path: SkillPath
  /// Counted from 1.
  package var line: Int
  /// What it looks like, such as "AWS access key".
  package var kind: String

  package var description: String { "\(path):\(line): looks like a secret (\(kind))" }
}

extension SecretFinding {
  /// For whoever is about to publish it.
  package var finding: Finding {
    Finding(
      .possibleSecret, .error, file: path.string, line: line, message: "this looks like a secret (\(kind))",
      remedy: "Remove it, or allow the file by name with --allow-secret \(path)")
  }

  /// For whoever is about to use what somebody else has published.
  package var warning: Finding {
    Finding(
      .possibleSecret, .warning, file: path.string, line: line, message: "looks like a secret (\(kind))",
      remedy: "Tell the author")
  }
}
