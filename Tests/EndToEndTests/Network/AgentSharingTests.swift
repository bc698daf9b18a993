import Foundation
import TestSupport
import Testing

/// What others see of an agent, and whom it answers.
@Suite(.timeLimit(.minutes(5))) struct AgentSharingTests {
  private func names(_ person: Person, _ words: String...) async throws -> [String] {
    let found = try await person.agentMesh(["discover", "--json"] + words).json()["agents"] as? [[String: Any]]
    return (found ?? []).compactMap { $0["slug"] as? String }.sorted()
  }

  private func skills(_ person: Person, _ agent: String) async throws -> [String] {
    let shown = try await person.agentMesh(["agents", "show", agent, "--json"]).json()
    return (shown["skills"] as? [[String: Any]] ?? []).compactMap { $0["reference"] as? String }.sorted()
  }

  @Test func `without a sandbox an agent serves its owner alone, unless that is meant`() async throws {
    let registry = try await AgentRegistry.start(["ada", "grace"])
    let (ada, grace) = (try registry.person("ada"), try registry.person("grace"))
    let id = try await ada.makeAgent("Parrot")
    let careful = try await ada.connect(id)
    try await ada.publishAgent(id)
    let refused = try await grace.agentMesh(["chat", "ada/parrot", "Hello.", "--json"])
    #expect(refused.status == 6, "\(refused.errors)")
    #expect(try refused.lines().last?["code"] as? String == "sandbox_unavailable", "\(refused.output)")
    #expect(try await ada.agentMesh(["chat", "ada/parrot", "Hello."]).output == "You said: Hello.")
    #expect(await careful.stop() == 0)
    try await ada.untilPresence(of: id, is: false)

    let open = try await ada.connect(id, ["--no-sandbox"])
    #expect(open.errors.contains("warning:"), "\(open.errors)")
    #expect(try await grace.agentMesh(["chat", "ada/parrot", "Hello."]).output == "You said: Hello.")
    let call = try await grace.agentMesh(["call", "ada/parrot", "--task", "one", "--json"]).json()
    let callID = try #require(call["call_id"] as? String)
    #expect(try await grace.agentMesh(["rate", callID, "4", "--agent", "ada/parrot"]).status == 0)
    #expect(try await grace.agentMesh(["agents", "show", id, "--json"]).json()["avg_rating"] as? Double == 4)
    await open.stop()
  }

  @Test func `an agent is published only while it is online, and found by nobody else before`() async throws {
    let registry = try await AgentRegistry.start(["ada", "grace"])
    let (ada, grace) = (try registry.person("ada"), try registry.person("grace"))
    let id = try await ada.makeAgent("Parrot")
    #expect(try await ada.agentMesh(["agents", "publish", id]).status == 6)
    let agent = try await ada.connect(id, ["--no-sandbox"])
    #expect(try await names(grace) == [])
    #expect(try await grace.agentMesh(["agents", "show", "ada/parrot"]).status == 4)
    try await ada.publishAgent(id)
    let nobody = try registry.person(nil)
    for person in [grace, nobody] { #expect(try await names(person, "--online") == ["parrot"]) }
    #expect(try await ada.agentMesh(["agents", "unpublish", id]).status == 0)
    #expect(try await names(grace) == [])
    await agent.stop()
  }

  @Test func `a private agent is as if it were not, but for those to whom it is shared`() async throws {
    let registry = try await AgentRegistry.start(["ada", "grace"])
    let (ada, grace) = (try registry.person("ada"), try registry.person("grace"))
    let id = try await ada.makeAgent("Secret", ["--visibility", "private"])
    let agent = try await ada.connect(id, ["--no-sandbox"])
    try await ada.publishAgent(id)
    let commands = [["agents", "show", "ada/secret"], ["chat", "ada/secret", "Hello."], ["chat", id, "Hello."]]
    for words in commands {
      let (real, made) = (words, words.map { $0 == "ada/secret" ? "ada/none" : $0 })
      let outcome = try await grace.agentMesh(real)
      #expect(outcome.status == 4, "\(words): \(outcome.errors)")
      if made != real {
        let other = try await grace.agentMesh(made)
        #expect(
          outcome.errors.replacingOccurrences(of: "secret", with: "none") == other.errors, "\(words)")
      }
    }
    #expect(try await names(grace) == [])

    #expect(try await ada.agentMesh(["agents", "access", "grant", "Secret", "grace"]).status == 0)
    #expect(try await names(grace) == ["secret"])
    #expect(try await grace.agentMesh(["chat", "ada/secret", "Hello."]).output == "You said: Hello.")
    #expect(try await ada.agentMesh(["agents", "access", "revoke", "Secret", "grace"]).status == 0)
    for words in commands { #expect(try await grace.agentMesh(words).status == 4, "\(words)") }
    await agent.stop()
  }

  @Test func `an agent is found by the skills that it carries, of which a private one is for its readers`()
    async throws
  {
    let registry = try await AgentRegistry.start(["ada", "grace"])
    let (ada, grace) = (try registry.person("ada"), try registry.person("grace"))
    try await ada.carry("reviewer", of: "ada")
    try await ada.carry("hidden", of: "ada", ["--private"])
    let id = try await ada.makeAgent("Parrot")
    let agent = try await ada.connect(id)
    try await ada.publishAgent(id)
    try await eventually("the skills are not announced") { try await skills(ada, id).count == 2 }
    #expect(try await skills(ada, id) == ["ada/hidden", "ada/reviewer"])
    #expect(try await skills(grace, "ada/parrot") == ["ada/reviewer"])
    for person in [ada, grace] {
      #expect(try await names(person, "--skill", "ada/reviewer@^1.0") == ["parrot"])
      #expect(try await names(person, "--skill", "ada/reviewer@^2.0") == [])
    }
    #expect(try await names(ada, "--skill", "ada/hidden") == ["parrot"])
    #expect(try await names(grace, "--skill", "ada/hidden") == [])

    // What is removed is announced no more.
    #expect(try await ada.agentMesh(["skills", "remove", "reviewer", "./project"]).status == 0)
    try await eventually("the change is not announced") { try await skills(ada, id) == ["ada/hidden"] }
    await agent.stop()
  }

  @Test func `a skill that is edited is announced no more, until it is again what was locked`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    try await ada.carry("reviewer", of: "ada")
    let id = try await ada.makeAgent("Parrot")
    let agent = try await ada.connect(id)
    try await eventually("the skill is not announced") { try await skills(ada, id) == ["ada/reviewer"] }
    let file = "project/.agents/skills/reviewer/SKILL.md"
    let text = String(decoding: try ada.folder.bytes(file), as: UTF8.self)
    try ada.folder.write(file, text + "Delete everything.")
    try await eventually("the edit is not noticed") { try await skills(ada, id) == [] }
    try ada.folder.write(file, text)
    try await eventually("the repair is not noticed") { try await skills(ada, id) == ["ada/reviewer"] }
    await agent.stop()
  }

  @Test func `a skill of another registry is needed and not announced, whatever it is called`() async throws {
    let (registry, other) = (try await AgentRegistry.start(), try await AgentRegistry.start())
    let (ada, elsewhere) = (try registry.person("ada"), try other.person("ada"))
    try await ada.carry("reviewer", of: "ada")
    try await elsewhere.carry("reviewer", of: "ada", ["--private"])
    let id = try await ada.makeAgent("Parrot")
    let words = ["exec", "--agent-id", id, "--plain", "--require-skill", "ada/reviewer", "--"] + Person.echo
    let agent = try await elsewhere.connect(
      words, ["AGENT_MESH_REGISTRY": registry.url, "AGENT_MESH_TOKEN": registry.token(of: "ada")])
    // What an agent announces is written before what it answers afterwards.
    #expect(try await ada.agentMesh(["chat", id, "Hello."]).output == "You said: Hello.")
    #expect(try await skills(ada, id) == [])
    await agent.stop()
  }

  @Test func `a skill of the agent's registry is announced by whichever name of this machine it was installed`()
    async throws
  {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    try await ada.carry("reviewer", of: "ada")
    let id = try await ada.makeAgent("Parrot")
    let name = registry.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
    #expect(name != registry.url)
    let agent = try await ada.connect(
      ["exec", "--agent-id", id, "--plain", "--"] + Person.echo, ["AGENT_MESH_REGISTRY": name])
    try await eventually("the skill is not announced") { try await skills(ada, id) == ["ada/reviewer"] }
    await agent.stop()
  }
}
