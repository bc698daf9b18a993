import Foundation
import TestSupport
import Testing

/// How a connection begins and ends, and who decides about it.
@Suite(.timeLimit(.minutes(5))) struct ConnectTests {
  @Test func `a second connection of an agent takes the place of the first, which ends for good`() async throws {
    let registry = try await AgentRegistry.start()
    let (here, there) = (try registry.person("ada"), try registry.person("ada"))
    let id = try await here.makeAgent("Parrot")
    let first = try await here.connect(id, to: ["sh", "-c", "printf first"])
    let second = try await there.connect(id, to: ["sh", "-c", "printf second"])
    #expect(try await first.exitStatus() == 5)
    #expect(first.errors.contains("has taken the place"), "\(first.errors)")
    #expect(try await here.agentMesh(["chat", id, "Who is it?"]).output == "second")
    await second.stop()
  }

  @Test func `a token that is revoked ends the connection that was made with it, and makes no other`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    let made = try await ada.agentMesh(["tokens", "create", "link", "--right", "agent:connect", "--json"]).json()
    let secret = try #require(made["secret"] as? String)
    let number = try #require((made["token"] as? [String: Any])?["id"] as? Int)
    let words = ["exec", "--agent-id", id, "--plain", "--"] + Person.echo
    let agent = try await ada.connect(words, ["AGENT_BRIDGE_TOKEN": secret])
    #expect(try await ada.agentMesh(["tokens", "revoke", "\(number)"]).status == 0)
    #expect(try await agent.exitStatus() == 3)
    #expect(agent.errors.contains("was revoked"), "\(agent.errors)")

    let again = try ConnectedProgram(words, of: ada, in: "project", ["AGENT_BRIDGE_TOKEN": secret])
    #expect(try await again.exitStatus() == 3)
    #expect(!(agent.errors + again.errors).contains(secret))
  }

  @Test func `somebody else's agent cannot be connected, and who is refused disturbs nobody`() async throws {
    let registry = try await AgentRegistry.start(["ada", "grace"])
    let (ada, grace) = (try registry.person("ada"), try registry.person("grace"))
    let id = try await ada.makeAgent("Parrot")
    let agent = try await ada.connect(id)
    let thief = try ConnectedProgram(
      ["exec", "--agent-id", id, "--plain", "--", "sh", "-c", "printf stolen"], of: grace, in: "project", [:])
    #expect(try await thief.exitStatus() == 3)
    #expect(try await ada.agentMesh(["chat", id, "Hello."]).output == "You said: Hello.")
    #expect(!agent.errors.contains("offline"), "\(agent.errors)")
    await agent.stop()
  }

  @Test func `an alias goes before the name of another agent, which has its full name`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let (parrot, echo) = (try await ada.makeAgent("Parrot"), try await ada.makeAgent("Echo"))
    let agent = try await ada.connect(echo, in: "parrot")
    #expect(agent.errors.contains("online as parrot"), "\(agent.errors)")
    for (name, id) in [("parrot", echo), ("ada/parrot", parrot), ("Parrot", parrot), ("echo", echo), (parrot, parrot)] {
      let shown = try await ada.agentMesh(["agents", "show", name, "--json"]).json()
      #expect(shown["id"] as? String == id, "\(name)")
    }
    await agent.stop()
  }

  @Test func `a ticket connects an agent from another machine once, and again from there without it`() async throws {
    let registry = try await AgentRegistry.start()
    let (ada, elsewhere) = (try registry.person("ada"), try registry.person(nil))
    let id = try await ada.makeAgent("Parrot")
    let link = try #require(try await ada.agentMesh(["agents", "ticket", id, "--json"]).json()["url"] as? String)
    let words = ["--setup", link, "--plain", "--"] + Person.echo
    let agent = try await elsewhere.connect(words)
    #expect(try await ada.agentMesh(["chat", id, "Hello."]).output == "You said: Hello.")
    #expect(await agent.stop() == 0)

    let used = try ConnectedProgram(words, of: elsewhere, in: "project", [:])
    #expect(try await used.exitStatus() == 4)
    let again = try await elsewhere.connect([])
    #expect(try await ada.agentMesh(["chat", id, "Again."]).output == "You said: Again.")
    #expect(await again.stop() == 0)

    let secret = try #require(link.split(separator: "/").last)
    #expect(!(agent.errors + used.errors).contains(secret))
    // It is for that agent alone.
    #expect(try await elsewhere.agentMesh(["chat", id, "Hello."]).status == 3)
    let status = try await elsewhere.agentMesh(["status"])
    #expect(status.output.contains("other commands need a login"), "\(status.output)")
    #expect(!status.output.contains("ah_"))
  }

  @Test func `a ticket of a type that cannot be connected says what can, and is not lost`() async throws {
    let registry = try await AgentRegistry.start()
    let (ada, elsewhere) = (try registry.person("ada"), try registry.person(nil))
    let made = try await ada.agentMesh(["agents", "create", "--name", "Parrot", "--type", "claude", "--json"]).json()
    let id = try #require(made["id"] as? String)
    let link = try #require(try await ada.agentMesh(["agents", "ticket", id, "--json"]).json()["url"] as? String)
    let refused = try ConnectedProgram(
      ["--setup", link, "--plain", "--"] + Person.echo, of: elsewhere, in: "project", [:])
    #expect(try await refused.exitStatus() == 2)
    #expect(refused.errors.contains("of the type 'claude'"), "\(refused.errors)")
    #expect(refused.errors.contains("there is: exec"), "\(refused.errors)")

    let alias = String(id.prefix(8))
    #expect(refused.errors.contains("agent-mesh connect exec --agent-id \(alias) -- <program>"), "\(refused.errors)")
    let agent = try await elsewhere.connect(alias)
    #expect(try await ada.agentMesh(["chat", id, "Hello."]).output == "You said: Hello.")
    await agent.stop()
  }

  @Test func `an id that is a path leads to no folder`() async throws {
    let person = try Person(["AGENT_BRIDGE_TOKEN": "secret"])
    try person.folder.write("home/.agent-mesh/precious/notes.jsonl", "mine")
    try person.folder.write(
      "home/.agent-mesh/config.json", #"{"agents":{"parrot":{"agentId":"../precious"}}}"#, mode: 0o600)
    let words = ["connect", "exec", "--agent-id", "parrot", "--project", person.folder.path.string, "--plain", "--"]
    let outcome = try await person.agentMesh(words + Person.echo)
    #expect(outcome.status == 1, "\(outcome.errors)")
    let notes = person.folder.path.string + "/home/.agent-mesh/precious/notes.jsonl"
    #expect(FileManager.default.contents(atPath: notes) == Data("mine".utf8))
  }

  @Test func `a skill that the agent needs keeps it offline until it is installed as it was locked`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    let words = ["exec", "--agent-id", id, "--plain", "--require-skill", "ada/reviewer@^1.0", "--"] + Person.echo
    let refused = try ConnectedProgram(words, of: ada, in: "project", [:])
    #expect(try await refused.exitStatus() == 4)
    #expect(refused.errors.contains("ada/reviewer"), "\(refused.errors)")

    try await ada.carry("reviewer", of: "ada")
    let agent = try await ada.connect(words)
    await agent.stop()
    try ada.folder.write("project/.agents/skills/reviewer/SKILL.md", "changed")
    let edited = try ConnectedProgram(words, of: ada, in: "project", [:])
    #expect(try await edited.exitStatus() == 4)
  }

  @Test func `locked skills that are missing are installed first when that is asked for`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    try await ada.carry("reviewer", of: "ada")
    let skill = ada.folder["project/.agents/skills/reviewer"].string
    try FileManager.default.removeItem(atPath: skill)
    let words = ["exec", "--agent-id", id, "--plain", "--require-skill", "ada/reviewer"]
    let refused = try ConnectedProgram(words + ["--"] + Person.echo, of: ada, in: "project", [:])
    #expect(try await refused.exitStatus() == 4)

    let agent = try await ada.connect(words + ["--sync-skills", "--"] + Person.echo)
    #expect(FileManager.default.fileExists(atPath: skill + "/SKILL.md"))
    await agent.stop()
  }

  @Test func `a bridge that is named is used, and gets no token of the registry`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    let port = try #require(registry.url.split(separator: ":").last.flatMap { Int($0) })
    let bridge = try CuttingProxy(to: port)
    let words = ["exec", "--agent-id", id, "--bridge-url", bridge.url + "/ws", "--plain", "--"] + Person.echo
    let refused = try ConnectedProgram(words, of: ada, in: "project", [:])
    #expect(try await refused.exitStatus() == 3)
    #expect(bridge.cut(.reset) == 0)

    let agent = try await ada.connect(words, ["AGENT_BRIDGE_TOKEN": registry.token(of: "ada")])
    #expect(try await ada.agentMesh(["chat", id, "Hello."]).output == "You said: Hello.")
    #expect(bridge.cut(.reset) > 0)
    await agent.stop()
  }

  @Test func `an agent that cannot reach its bridge ends with the reason`() async throws {
    let person = try Person(["AGENT_BRIDGE_TOKEN": "secret"])
    let words = ["--agent-id", "3f0c1d5e-0000-4000-8000-000000000001", "--bridge-url", "ws://127.0.0.1:1/ws"]
    try person.folder.folder("project")
    let outcome = try await person.agentMesh(
      ["connect", "exec", "--project", "project", "--plain"] + words + ["--"] + Person.echo)
    #expect(outcome.status == 6)
    #expect(outcome.errors.contains("127.0.0.1:1/ws cannot be reached"), "\(outcome.errors)")
  }

  @Test func `a bridge elsewhere that is not encrypted is refused, unless its host is listed`() async throws {
    let (host, id) = ("bridge.invalid:7117/ws", "3f0c1d5e-0000-4000-8000-000000000001")
    let words = ["connect", "exec", "--agent-id", id, "--bridge-url", "ws://\(host)", "--plain", "--"] + Person.echo
    let environments: [[String: String]] = [[:], ["AGENT_BRIDGE_TOKEN": "secret"]]
    for variables in environments {
      let refused = try await Person(variables).agentMesh(words)
      #expect(refused.status == 2, "\(refused.errors)")
      #expect(refused.errors.contains("the bridge ws://\(host) is not encrypted"), "\(refused.errors)")
      #expect(refused.errors.contains("Write it as wss://\(host)"), "\(refused.errors)")
    }
    let person = try Person()
    try person.folder.write("home/.agent-mesh/config.json", #"{"insecure_hosts":["bridge.invalid"]}"#, mode: 0o600)
    // Nobody is logged in.
    let listed = try await person.agentMesh(words)
    #expect(listed.status == 3, "\(listed.errors)")
  }

  @Test func `an agent needs a program, a registry that answers, and an agent that there is`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    let cases: [(words: [String], status: Int32)] = [
      (["exec", "--agent-id", id], 2), (["exec", "--agent-id", id, "--plain", "--", "no-such-program"], 1),
      (["exec", "--agent-id", "nobody", "--plain", "--"] + Person.echo, 4), ([], 4),
      (["exec", "--agent-id", "3f0c1d5e-0000-4000-8000-000000000001", "--plain", "--"] + Person.echo, 3),
      (["--setup", "https://made-up.example/api/connect/x"], 2),
    ]
    for (words, status) in cases {
      let outcome = try await ada.agentMesh(["connect"] + words)
      #expect(outcome.status == status, "\(words): \(outcome.errors)")
    }
  }
}
