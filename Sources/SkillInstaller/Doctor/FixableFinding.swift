import Skills

/// A finding, and how it is fixed where that can be done.
struct FixableFinding: Sendable {
  let finding: Finding
  let fix: Fix?

  /// - Parameter remedy: What to do; for a finding with a fix that is `--fix`.
  init(
    _ rule: Finding.Rule, _ severity: Severity, at path: String, _ message: String, why: String = "",
    remedy: String? = nil, fix: Fix? = nil
  ) {
    var finding = Finding(
      rule, severity, at: path, Message(message, limit: 1_000), why: why.isEmpty ? nil : why,
      remedy: remedy.map { Message($0, limit: 1_000) } ?? "Run: agent-mesh skills doctor --fix")
    finding.isFixable = fix != nil
    (self.finding, self.fix) = (finding, fix)
  }

  /// What is found at a path; that it cannot be looked at hides nothing of the others.
  static func looking(at path: String, _ look: () throws(MeshError) -> [FixableFinding]) -> [FixableFinding] {
    do throws(MeshError) {
      return try look()
    } catch {
      return [unreadable(at: path, error, else: "Make it readable, or move it away")]
    }
  }

  /// Something at a path that keeps us from looking further there.
  static func unreadable(at path: String, _ error: MeshError, else remedy: String) -> FixableFinding {
    FixableFinding(
      .unreadable, .error, at: path, error.message, why: "No command can work with it.",
      remedy: error.hint ?? remedy)
  }
}
