import Skills

/// A line of a file that looks like a secret; the secret itself is never kept.
package struct SecretFinding: Hashable, Sendable, CustomStringConvertible {
  package var path: SkillPath
  /// Counted from 1.
  package var line: Int
  /// What it looks like, such as "AWS access key".
  package var kind: String

  package init(path: SkillPath, line: Int, kind: String) {
    self.path = path
    self.line = line
    self.kind = kind
  }

  package var description: String { "\(path):\(line): looks like a secret (\(kind))" }
}
