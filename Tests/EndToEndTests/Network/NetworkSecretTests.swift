import Foundation
import TestSupport
import Testing

/// What lets an agent in, looked for wherever it does not belong.
@Suite(.timeLimit(.minutes(5))) struct NetworkSecretTests {
  #if os(Linux)
    @Test func `no token is in a log, on a command line, or where the program of an agent finds it`() async throws {
      let registry = try await AgentRegistry.start(["ada"], ["--log-level", "trace"])
      let ada = try registry.person("ada")
      let elsewhere = try registry.person(nil)
      let id = try await ada.makeAgent("Parrot")
      let link = try #require(try await ada.agentMesh(["agents", "ticket", id, "--json"]).json()["url"] as? String)
      let program = ["sh", "-c", "env >environment; printf ready; exec sleep 300"]
      let agent = try await elsewhere.connect(
        ["--setup", link, "--project", elsewhere.folder.path.string, "--plain", "--verbose", "--"] + program,
        ["AGENT_MESH_TOKEN": registry.token(of: "ada"), "CANARY": "sings"])
      let agents = try #require(try elsewhere.settings()?["agents"] as? [String: [String: Any]])
      let own = try #require(agents.values.first?["token"] as? String)
      let secrets = [try registry.token(of: "ada"), own]
      #expect(Set(secrets).count == 2 && secrets.allSatisfy { $0.hasPrefix("ah_") })

      async let call = ada.agentMesh(["call", id, "--task", "x", "--stream", "--verbose"])
      try await eventually("the program does not begin") { self.environment(of: elsewhere).contains("HOME=") }
      let variables = environment(of: elsewhere)
      #expect(variables.contains("AGENT_BRIDGE_AGENT_ID=\(id)"), "\(variables)")
      #expect(!variables.contains("sings") && !variables.contains("TOKEN"), "\(variables)")
      let lines = commandLines()
      #expect(lines.contains { $0.contains(id) })
      for line in lines { expectNone(of: secrets, in: line, "a command line") }
      #expect(await agent.stop() == 0)
      let outcome = try await call
      await registry.server.registry.stop()
      let log = try registry.server.errors
      #expect(log.contains("/api/agents/"), "\(log.suffix(2_000))")
      let ticket = try #require(link.split(separator: "/").last.map(String.init))
      expectNone(of: secrets + [ticket], in: log, "the log of the server")
      expectNone(of: secrets + [ticket], in: agent.errors, "what connect says")
      expectNone(of: secrets, in: variables + outcome.output + outcome.errors, "what a run sees or a caller gets")
    }

    private func environment(of person: Person) -> String {
      String(
        decoding: FileManager.default.contents(atPath: person.folder["environment"].string) ?? Data(), as: UTF8.self)
    }

    /// Of all processes that there are.
    private func commandLines() -> [String] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return names.filter { Int($0) != nil }.compactMap { name in
        (try? Data(contentsOf: URL(filePath: "/proc/\(name)/cmdline"))).map { String(decoding: $0, as: UTF8.self) }
      }
    }

    private func expectNone(of secrets: [String], in text: String, _ place: String) {
      for (number, secret) in secrets.enumerated() {
        #expect(!text.contains(secret), "secret \(number) is in \(place)")
      }
    }
  #endif
}
