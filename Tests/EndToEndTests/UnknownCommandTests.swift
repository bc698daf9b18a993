import Testing

@Suite struct UnknownCommandTests {
  private func agentMesh(_ words: String) async throws -> Outcome {
    try await Program.run(
      Program.agentMesh, words.split(separator: " ").map(String.init),
      environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"], folder: "/")
  }

  @Test(arguments: [
    ("skills upgrade acme/mv", "upgrade", "skills update"), ("skills show acme/mv", "show", "skills info"),
    ("skills delete acme/mv", "delete", "skills remove"), ("skills uninstall mv", "uninstall", "skills remove"),
    ("skills i acme/mv", "i", "skills install"), ("skills instal a/b --human", "instal", "skills install"),
    ("install a/b", "install", "skills install"), ("uninstall mv", "uninstall", "skills remove"),
    ("ls", "ls", "skills ls"), ("skils list", "skils", "skills"), ("statuss --check", "statuss", "status"),
    ("cache clear", "clear", "cache clean"), ("instal", "instal", "skills install"),
  ])
  func `a command that is not there is named first, and then the one that was meant`(
    line: String, word: String, meant: String
  ) async throws {
    let outcome = try await agentMesh(line)
    #expect(outcome.status == 2)
    let first = try #require(outcome.errors.split(separator: "\n").first)
    #expect(first.hasPrefix("error: there is no command '\(word)' in 'agent-mesh"), "\(outcome.errors)")
    #expect(outcome.errors.contains("Did you mean 'agent-mesh \(meant)'?"), "\(outcome.errors)")
  }

  @Test func `a program is told the same`() async throws {
    let answer = try await agentMesh("skills upgrade acme/mv --json").json()
    #expect(answer["error"] as? String == "usage")
    #expect(answer["message"] as? String == "there is no command 'upgrade' in 'agent-mesh skills'")
    #expect(answer["hint"] as? String == "Did you mean 'agent-mesh skills update'?")
  }

  @Test(arguments: ["skills xyzzyxyzzy", "xyzzyxyzzy"])
  func `a word like no command gets no guess but the help`(line: String) async throws {
    let outcome = try await agentMesh(line)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("there is no command 'xyzzyxyzzy'"))
    #expect(!outcome.errors.contains("Did you mean"))
    #expect(outcome.errors.contains("See: agent-mesh help"))
  }

  @Test(arguments: ["skills install --nonsense", "skills info", "skills search x --limit none"])
  func `what is wrong with a command that is there is not taken for an unknown one`(line: String) async throws {
    let outcome = try await agentMesh(line)
    #expect(outcome.status == 2)
    #expect(!outcome.errors.contains("there is no command"), "\(outcome.errors)")
  }
}
