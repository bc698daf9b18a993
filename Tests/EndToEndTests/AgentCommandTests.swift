import Foundation
import TestSupport
import Testing

/// Talking to agents, with answers of a small registry.
@Suite(.timeLimit(.minutes(5))) struct AgentCommandTests {
  private static let answer = [
    #"{"type":"chunk","kind":"thinking","delta":"hm"}"#, #"{"type":"chunk","delta":"one \u001b[31m"}"#,
    #"{"type":"chunk","kind":"tool_start","tool_name":"search"}"#, #"{"type":"chunk","delta":"two"}"#,
    #"{"type":"done","attachments":[{"name":"a.txt","url":"https://x.example/a"}]}"#,
  ]

  @Test func `the text of an answer is all that a pipe gets, as it is`() async throws {
    let agent = StubAgent(Self.answer)
    let person = try Person(agent.environment)
    let outcome = try await person.agentMesh(["call", StubAgent.id, "--task", "do it", "--stream"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "one \u{1B}[31mtwo")
    #expect(outcome.errors.contains("[thinking] hm"))
    #expect(outcome.errors.contains("[tool: search]"))
    #expect(outcome.errors.contains("[file: a.txt -> https://x.example/a]"))
  }

  @Test func `with JSON each event is a line, and the first one says what the task is called`() async throws {
    let agent = StubAgent(Self.answer)
    let outcome = try await Person(agent.environment).agentMesh(
      ["call", StubAgent.id, "--task", "do it", "--stream", "--json"])
    let events = try lines(outcome.output)
    #expect(events.map { $0["type"] as? String } == ["start", "chunk", "chunk", "chunk", "chunk", "done"])
    #expect(events.first?["request_id"] as? String == "r1")
    #expect(events[2]["delta"] as? String == "one \u{1B}[31m")
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test(arguments: [("timeout", Int32(6)), ("internal_error", 1), ("cancelled", 1)])
  func `a failure is the last line, and decides the exit status`(code: String, status: Int32) async throws {
    let agent = StubAgent([Self.answer[1], #"{"type":"error","code":"\#(code)","message":"no luck"}"#])
    for command in [["call", StubAgent.id, "--stream", "--task", "x"], ["chat", StubAgent.id, "x"]] {
      let outcome = try await Person(agent.environment).agentMesh(command + ["--json"])
      #expect(outcome.status == status)
      let last = try #require(try lines(outcome.output).last)
      #expect(last["type"] as? String == "error" && last["code"] as? String == code)
      #expect(last["message"] as? String == "no luck")
    }
  }

  @Test(arguments: [
    ["chat", StubAgent.id], ["chat", StubAgent.id, ""], ["chat", StubAgent.id, "x", "--list"],
    ["call", StubAgent.id], ["call", StubAgent.id, "--task", "x", "--timeout", "0"],
    ["call", StubAgent.id, "--task", "x", "--rate", "6"], ["rate", "c1", "0", "--agent", StubAgent.id],
    ["rate", "c1", "5"], ["stats", "--period", "year"], ["discover", "--limit", "0"],
    ["discover", "--skill", "no-slash"], ["agents", "update", StubAgent.id], ["agents", "create"],
    ["agents", "create", "--name", "x", "--visibility", "secret"], ["call", "a/b/c", "--task", "x"],
  ])
  func `what cannot be meant is refused before anything is asked`(arguments: [String]) async throws {
    let agent = StubAgent([])
    let outcome = try await Person(agent.environment).agentMesh(arguments)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(agent.requests.isEmpty)
  }

  @Test func `a program that stands where its kind belongs is told its place`() async throws {
    let outcome = try await Person().agentMesh(["connect", "./answer.sh", "--agent-id", StubAgent.id])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("goes behind --"), "\(outcome.errors)")
  }

  @Test(arguments: [
    (["./answer.sh"], "./answer.sh"), (["--agent-id", StubAgent.id, "python3", "-u", "answer.py"], "python3"),
    (["--plain", "./answer.sh", "a", "--verbose", "b"], "./answer.sh"),
  ])
  func `a program without -- before it is told what to type`(words: [String], program: String) async throws {
    let outcome = try await Person().agentMesh(["connect", "exec"] + words)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("agent-mesh connect exec … -- \(program)\n"), "\(outcome.errors)")
    let answer = try await Person().agentMesh(["connect", "exec", "--json"] + words).json()
    #expect(answer["error"] as? String == "usage")
    #expect((answer["hint"] as? String)?.hasSuffix("-- \(program)") == true, "\(answer)")
  }

  @Test func `an option of connect that is not there is not taken for a missing --`() async throws {
    let outcome = try await Person().agentMesh(["connect", "exec", "--agentid", "x", "./answer.sh"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--agentid"), "\(outcome.errors)")
  }

  @Test(arguments: ["nowhere/answer", "."])
  func `an answer that no file could take is not asked for`(file: String) async throws {
    let agent = StubAgent(Self.answer)
    for mode in [[], ["--stream"]] {
      let outcome = try await Person(agent.environment).agentMesh(
        ["call", StubAgent.id, "--task", "x", "--output-file", file] + mode)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("cannot write '\(file)'"), "\(outcome.errors)")
    }
    #expect(agent.requests.isEmpty)
  }

  @Test func `an answer goes where a link leads, and the link stays`() async throws {
    let agent = StubAgent(Self.answer)
    let person = try Person(agent.environment)
    try person.folder.write("answers/today", "a longer text that was there before")
    let link = person.folder.path.string + "/answer"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "answers/today")
    let outcome = try await person.agentMesh(
      ["call", StubAgent.id, "--task", "x", "--stream", "--output-file", "answer"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "answers/today")
    #expect(try person.folder.bytes("answers/today") == Array("one \u{1B}[31mtwo".utf8))
  }

  @Test func `an answer that cannot be written is printed all the same, beside the failure`() async throws {
    let server = TestServer { request, connection in
      let isCall = request.target.hasSuffix("/call")
      try connection.reply(
        isCall ? 202 : 200, headers: ["Content-Type: application/json"],
        isCall
          ? #"{"request_id":"r1","call_id":"c1","session_key":"s1","status":"pending"}"#
          : #"{"request_id":"r1","status":"completed","result":"all of it"}"#)
    }
    let person = try Person([
      "AGENT_MESH_REGISTRY": "http://127.0.0.1:\(server.port)",
      "AGENT_MESH_TOKEN": "ah_" + String(repeating: "t", count: 40),
    ])
    // The folder is good, and nothing can be written where the link leads.
    try person.folder.link("answer", to: "nowhere/answer")
    let outcome = try await person.agentMesh(
      ["call", StubAgent.id, "--task", "x", "--output-file", "answer", "--json"])
    #expect(outcome.status == 1)
    let answer = try outcome.json()
    #expect(answer["result"] as? String == "all of it", "\(outcome.output)")
    #expect(answer["success"] as? Bool == false && answer["error"] as? String == "file_error", "\(outcome.output)")
    #expect(answer["call_id"] as? String == "c1" && answer["status"] as? String == "completed")
    #expect(outcome.errors.contains("cannot write 'answer'"), "\(outcome.errors)")
  }

  @Test func `an alias of this machine names its agent`() async throws {
    let agent = StubAgent(Self.answer)
    let person = try Person(agent.environment)
    let folder = person.folder.path.string + "/home/.agent-mesh"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data(#"{"agents":{"mine":{"agentId":"\#(StubAgent.id)","agentType":"exec"}}}"#.utf8)
      .write(to: URL(fileURLWithPath: folder + "/config.json"))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder + "/config.json")
    let outcome = try await person.agentMesh(["chat", "mine", "hello"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(agent.requests.map(\.target).allSatisfy { $0.hasPrefix("/api/agents/\(StubAgent.id)/") })
  }

  @Test func `a conversation remembers its key and what was typed, and a terminal gets nothing to obey`() async throws {
    let agent = StubAgent(Self.answer)
    let ending = try await Person(agent.environment).atTerminal(["chat", StubAgent.id]) { terminal in
      try await terminal.expect("> ")
      terminal.type("/nonsense\n")
      try await terminal.expect("there is no command '/nonsense'")
      terminal.type("first\n")
      try await terminal.expect("two")
      // The line before, with a character more.
      terminal.type("\u{1B}[A!\n//quit\n/quit\n")
    }
    #expect(ending.status == 0)
    #expect(ending.transcript.contains("one \\u{1B}[31m"))
    let said = try agent.requests.filter { $0.target.hasSuffix("/chat") }.map {
      try JSONSerialization.jsonObject(with: Data($0.body)) as? [String: String] ?? [:]
    }
    #expect(said.map { $0["message"] } == ["first", "first!", "/quit"])
    #expect(said.map { $0["session_key"] } == [nil, "s1", "s1"])
  }

  @Test func `a long line that is pasted is said whole, and at once`() async throws {
    let agent = StubAgent(Self.answer)
    let text = String(repeating: "wordy", count: 600)
    let ending = try await Person(agent.environment).atTerminal(["chat", StubAgent.id]) { terminal in
      try await terminal.expect("> ")
      terminal.type(text + "\n")
      try await terminal.expect("two")
      terminal.type("/quit\n")
    }
    #expect(ending.status == 0)
    let said = try #require(agent.requests.first { $0.target.hasSuffix("/chat") })
    let message = try JSONSerialization.jsonObject(with: Data(said.body)) as? [String: String]
    #expect(message?["message"] == text)
  }

  @Test func `Ctrl-C ends the answer, tells the agent, and the conversation goes on`() async throws {
    let agent = StubAgent(Array(Self.answer.dropLast()), isEndless: true)
    let ending = try await Person(agent.environment).atTerminal(["chat", StubAgent.id]) { terminal in
      try await terminal.expect("> ")
      terminal.type("count for ever\n")
      try await terminal.expect("two")
      terminal.pressControlC()
      try await terminal.expect("Cancelled.")
      terminal.type("/quit\n")
    }
    #expect(ending.status == 0)
    #expect(agent.requests.filter { $0.target == "/api/agents/\(StubAgent.id)/tasks/r1/cancel" }.count == 1)
  }

  @Test func `counts of any size are bars of a bounded one`() async throws {
    let days = #"[{"date":"2026-01-01","count":\#(Int.max)},{"date":"2026-01-02","count":\#(Int.max / 2)}]"#
    let counts = #""total_calls":2,"completed":2,"failed":0,"avg_duration_ms":1"#
    let server = TestServer { _, connection in
      try connection.reply(
        200, headers: ["Content-Type: application/json"], "{\(counts),\"calls_by_day\":\(days)}")
    }
    let person = try Person([
      "AGENT_MESH_REGISTRY": "http://127.0.0.1:\(server.port)",
      "AGENT_MESH_TOKEN": "ah_" + String(repeating: "t", count: 40),
    ])
    let outcome = try await person.agentMesh(["stats", "--agent", StubAgent.id])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("  01-01  \(String(repeating: "#", count: 20))  "), "\(outcome.output)")
    #expect(outcome.output.contains("  01-02  \(String(repeating: "#", count: 10))  "), "\(outcome.output)")
  }

  private func lines(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }
}
