import TestSupport
import Testing

/// What an owner changes of an agent that is online, and how it ends.
@Suite(.timeLimit(.minutes(5))) struct AgentChangeTests {
  @Test func `what is named of an agent changes, and the rest stays`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot", ["--capabilities", "repeat,listen"])
    let agent = try await ada.connect(id)
    for words in [["--description", "Repeats."], ["--calls-per-hour", "5"], ["--no-a2a"], ["--name", "Echo"]] {
      let outcome = try await ada.agentMesh(["agents", "update", "ada/parrot"] + words)
      #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    }
    // The name by which it is called stays.
    let shown = try await ada.agentMesh(["agents", "show", "ada/parrot", "--json"]).json()
    #expect(shown["id"] as? String == id)
    #expect(shown["name"] as? String == "Echo")
    #expect(shown["description"] as? String == "Repeats.")
    #expect(shown["capabilities"] as? [String] == ["repeat", "listen"])
    #expect(shown["is_online"] as? Bool == true)
    let limits = shown["rate_limits"] as? [String: Any]
    #expect(limits?["max_calls_per_hour"] as? Int == 5)
    #expect(limits?["max_calls_per_user_per_day"] as? Int == 20)
    #expect(limits?["allow_a2a"] as? Bool == false)
    #expect(try await ada.agentMesh(["chat", "Echo", "Hello."]).output == "You said: Hello.")
    await agent.stop()
  }

  @Test func `an agent is made for an author whom one owns`() async throws {
    let registry = try await AgentRegistry.start(["ada", "grace"])
    let ada = try registry.person("ada")
    func create(for author: String) async throws -> Outcome {
      try await ada.agentMesh(["agents", "create", "--name", "Parrot", "--author", author, "--json"])
    }
    #expect(try await create(for: "ada").json()["author"] as? String == "ada")
    let foreign = try await create(for: "grace")
    #expect(foreign.status == 3, "\(foreign)")
    #expect((foreign.output + foreign.errors).contains("only an owner of grace"))
  }

  @Test func `an agent that is deleted goes offline for good, and nobody else deletes it`() async throws {
    let registry = try await AgentRegistry.start(["ada", "grace"])
    let (ada, grace) = (try registry.person("ada"), try registry.person("grace"))
    let id = try await ada.makeAgent("Parrot")
    let agent = try await ada.connect(id)
    try await ada.publishAgent(id)
    let foreign = try await grace.agentMesh(["agents", "delete", "ada/parrot", "--yes"])
    #expect(foreign.status == 4, "\(foreign.errors)")
    let unconfirmed = try await ada.agentMesh(["agents", "delete", "Parrot"])
    #expect(unconfirmed.status == 2 && unconfirmed.errors.contains("--yes"), "\(unconfirmed.errors)")
    #expect(try await ada.agentMesh(["chat", id, "Hello."]).output == "You said: Hello.")

    #expect(try await ada.agentMesh(["agents", "delete", "Parrot", "--yes"]).status == 0)
    #expect(try await agent.exitStatus() == 3)
    for words in [["agents", "show", id], ["chat", id, "Hello."], ["agents", "delete", id, "--yes"]] {
      #expect(try await ada.agentMesh(words).status == 4, "\(words)")
    }
    let listed = try await ada.agentMesh(["agents", "list", "--json"])
    #expect(!listed.output.contains(id), "\(listed.output)")
    let again = try ConnectedProgram(
      ["exec", "--agent-id", id, "--plain", "--"] + Person.echo, of: ada, in: "project", [:])
    #expect(try await again.exitStatus() == 3)
  }
}
