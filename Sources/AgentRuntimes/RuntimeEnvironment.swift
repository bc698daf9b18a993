/// The variables that a program of an agent gets: where things are and how text is written, and no secret of ours.
package enum RuntimeEnvironment {
  private static let passed: Set<String> = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TERM", "NO_COLOR",
  ]

  /// - Parameters:
  ///   - environment: Of the process.
  ///   - agentID: The agent that answers.
  package static func variables(from environment: [String: String], agentID: String) -> [String: String] {
    environment.filter { passed.contains($0.key) || $0.key.hasPrefix("LC_") }
      .merging(["AGENT_BRIDGE_AGENT_ID": agentID]) { $1 }
  }
}
