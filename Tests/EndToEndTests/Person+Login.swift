import Testing

extension Person {
  /// Logs in at a terminal while somebody decides in a browser.
  func logIn(
    at registry: FreshRegistry, _ decision: String = "approve", in browser: FormBrowser
  ) async throws -> Terminal.Ending {
    try await atTerminal(["login", "--registry", registry.url]) { terminal in
      _ = try await browser.decide(decision, on: terminal.loginCode())
    }
  }

  /// Writes a skill that can be published.
  func writeSkill(_ name: String, version: String = "1.0.0") throws {
    let text = """
      ---
      name: \(name)
      description: Does what \(name) does. Use it for that.
      metadata:
        version: \(version)
      ---

      # \(name)

      """
    try folder.write("\(name)/SKILL.md", text)
  }
}

extension Terminal {
  /// The code that a login shows, once it waits.
  func loginCode() async throws -> String {
    try await expect("Waiting for the approval")
    return String(try #require(transcript.firstMatch(of: /[B-Z]{4}-[B-Z]{4}/)).output)
  }
}
