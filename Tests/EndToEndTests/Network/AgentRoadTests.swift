import Foundation
import TestSupport
import Testing

/// Both programs from an agent that is made to what it answers, with nothing between them but the loopback.
@Suite(.timeLimit(.minutes(5))) struct AgentRoadTests {
  @Test func `an agent answers by every name that it has, to chat and to call`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    let agent = try await ada.connect("Parrot")
    for name in [id, id.uppercased(), "project", "Parrot", "parrot", "ada/parrot"] {
      let chat = try await ada.agentMesh(["chat", name, "Hello."])
      #expect(chat.status == 0, "\(name): \(chat.errors)")
      #expect(chat.output == "You said: Hello.", "\(name)")
      let shown = try await ada.agentMesh(["agents", "show", name, "--json"]).json()
      #expect(shown["id"] as? String == id, "\(name)")
      #expect(shown["is_online"] as? Bool == true, "\(name)")
    }
    for words in [["call", "parrot", "--task", "do it"], ["call", "ada/parrot", "--task", "do it", "--stream"]] {
      let call = try await ada.agentMesh(words)
      #expect(call.status == 0, "\(words): \(call.errors)")
      #expect(call.output == "You said: do it" || call.output == "You said: do it\n", "\(words)")
    }
    #expect(await agent.stop() == 0)
    try await ada.untilPresence(of: id, is: false)
    let late = try await ada.agentMesh(["chat", "parrot", "Hello.", "--json"])
    #expect(late.status == 6)
    #expect(try late.lines().last?["code"] as? String == "agent_offline", "\(late.output)")
  }

  @Test func `with JSON a call is its result, and with a stream each event is a line`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    let agent = try await ada.connect(id)
    let call = try await ada.agentMesh(["call", id, "--task", "one", "--json"]).json()
    #expect(call["status"] as? String == "completed")
    #expect(call["result"] as? String == "You said: one")
    let stream = try await ada.agentMesh(["call", id, "--task", "two", "--stream", "--json"]).lines()
    #expect(stream.first?["type"] as? String == "start")
    #expect(stream.last?["type"] as? String == "done")
    #expect(stream.compactMap { $0["delta"] as? String }.joined() == "You said: two")

    let callID = try #require(call["call_id"] as? String)
    #expect(try await ada.agentMesh(["rate", callID, "4", "--agent", id]).status == 3)
    await agent.stop()
  }

  @Test func `a program gets its message as JSON, and what it writes as events arrives as such`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Thinker")
    let program = """
      cat >message.json
      printf '%s\\n' '{"type":"thinking","delta":"hm"}' '{"type":"tool_start","id":"t1","name":"search"}'
      printf '%s\\n' '{"type":"tool_result","id":"t1","text":"found"}' '{"type":"text","delta":"forty"}'
      printf '%s\\n' '{"type":"text","delta":"-two"}'
      printf '%s\\n' '{"type":"done","attachments":[{"name":"a.txt","url":"https://x.example/a"}]}'
      """
    try ada.folder.write("project/think.sh", program)
    let agent = try await ada.connect(["exec", "--agent-id", id, "--", "sh", "think.sh"])
    let outcome = try await ada.agentMesh(["call", id, "--task", "What is it?", "--stream", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let chunks = try outcome.lines().filter { $0["type"] as? String == "chunk" }
    #expect(
      chunks.map { $0["kind"] as? String ?? "text" } == ["thinking", "tool_start", "tool_result", "text", "text"])
    #expect(chunks.filter { $0["kind"] == nil }.compactMap { $0["delta"] as? String }.joined() == "forty-two")
    let files = try outcome.lines().last?["attachments"] as? [[String: Any]]
    #expect(files?.compactMap { $0["name"] as? String } == ["a.txt"])

    let message =
      try JSONSerialization.jsonObject(with: Data(ada.folder.bytes("project/message.json"))) as? [String: Any] ?? [:]
    #expect(message["content"] as? String == "What is it?")
    let caller = message["caller"] as? [String: Any]
    #expect(caller?["account"] as? String == "ada")
    #expect(caller?["is_owner"] as? Bool == true)
    await agent.stop()
  }

  @Test func `a conversation goes on under its key, and is listed`() async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Thinker")
    try ada.folder.write(
      "project/again.sh", #"read -r line; printf '{"type":"text","delta":"ok"}\n'; printf '%s\n' "$line" >>sessions"#)
    let agent = try await ada.connect(["exec", "--agent-id", id, "--", "sh", "again.sh"])
    let first = try await ada.agentMesh(["chat", id, "one", "--json"]).lines()
    let key = try #require(first.first?["session_key"] as? String)
    #expect(try await ada.agentMesh(["chat", id, "two", "--session", key]).status == 0)
    let list = try await ada.agentMesh(["chat", id, "--list", "--json"]).json()["sessions"] as? [[String: Any]]
    #expect(list?.map { $0["session_key"] as? String } == [key])
    let sessions = try String(decoding: ada.folder.bytes("project/sessions"), as: UTF8.self).split(separator: "\n")
      .map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
    #expect(sessions.map { $0["session_id"] as? String } == [key, key])
    await agent.stop()
  }
}
