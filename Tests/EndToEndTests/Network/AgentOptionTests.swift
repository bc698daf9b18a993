import TestSupport
import Testing

/// What goes into a question and where the answer goes.
@Suite(.timeLimit(.minutes(5))) struct AgentOptionTests {
  @Test(arguments: [[], ["--stream"]])
  func `a task comes with the text of a file, and its answer goes into another`(mode: [String]) async throws {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    let agent = try await ada.connect(id)
    try ada.folder.write("change.diff", "+one line")
    let call = try await ada.agentMesh(
      ["call", id, "--task", "Review this.", "--input-file", "change.diff", "--output-file", "answer"] + mode)
    #expect(call.status == 0, "\(call.errors)")
    let answer = try String(decoding: ada.folder.bytes("answer"), as: UTF8.self)
    #expect(answer == "You said: Review this.\n\n---\n\n+one line")

    let missing = try await ada.agentMesh(["call", id, "--task", "Review this.", "--input-file", "nothing"] + mode)
    #expect(missing.status == 1)
    #expect(missing.errors.contains("nothing"), "\(missing.errors)")
    await agent.stop()
  }

  @Test func `a conversation hides what the agent thinks, and shows an answer as a whole, when asked to`()
    async throws
  {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Thinker")
    let program = #"printf '{"type":"thinking","delta":"pondering"}\n{"type":"text","delta":"yes"}\n'"#
    let agent = try await ada.connect(["exec", "--agent-id", id, "--", "sh", "-c", program])
    let open = try await ada.agentMesh(["chat", id, "Well?"])
    #expect(open.output == "yes" && open.errors.contains("pondering"), "\(open.output) \(open.errors)")
    for option in ["--no-thinking", "--async"] {
      let outcome = try await ada.agentMesh(["chat", id, "Well?", option])
      #expect(outcome.status == 0, "\(option): \(outcome.errors)")
      #expect(outcome.output == "yes", "\(option)")
      #expect(!outcome.errors.contains("pondering"), "\(option): \(outcome.errors)")
    }
    await agent.stop()
  }
}
