import Foundation
import TestSupport
import Testing

/// How a call ends that does not come to a result.
@Suite(.timeLimit(.minutes(5))) struct CallEndingTests {
  /// Says who it is, and goes on until it is ended.
  private static let endless = ["sh", "-c", "echo $$ >>processes; printf counting; exec sleep 300"]

  private struct Stage {
    let registry: AgentRegistry
    let ada: Person
    let id: String
    let agent: ConnectedProgram
  }

  private func stage(_ command: [String]) async throws -> Stage {
    let registry = try await AgentRegistry.start()
    let ada = try registry.person("ada")
    let id = try await ada.makeAgent("Parrot")
    return Stage(registry: registry, ada: ada, id: id, agent: try await ada.connect(id, to: command))
  }

  private func processes(_ stage: Stage) -> [Int32] {
    let text = FileManager.default.contents(atPath: stage.ada.folder["project/processes"].string) ?? Data()
    return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { Int32($0) }
  }

  /// Waits until the programs of the agent are gone.
  private func untilEnded(_ stage: Stage) async throws {
    let ids = processes(stage)
    #expect(!ids.isEmpty)
    try await eventually("the program goes on") { ids.allSatisfy { kill($0, 0) != 0 } }
  }

  @Test func `a program that fails is an error of the call, with its last word`() async throws {
    let stage = try await stage(["sh", "-c", "printf half; echo 'no disk' >&2; exit 3"])
    let call = try await stage.ada.agentMesh(["call", stage.id, "--task", "x", "--stream"])
    #expect(call.status == 1)
    #expect(call.output == "half")
    for text in ["exit status 3", "no disk"] { #expect(call.errors.contains(text), "\(call.errors)") }
    let asked = try await stage.ada.agentMesh(["call", stage.id, "--task", "x", "--json"])
    #expect(asked.status == 1)
    #expect(try asked.json()["error"] as? String == "adapter_crash", "\(asked.output)")
    await stage.agent.stop()
  }

  @Test func `Ctrl-C in a conversation ends the program that answers, and not the conversation`() async throws {
    let stage = try await stage(Self.endless)
    let ending = try await stage.ada.atTerminal(["chat", stage.id]) { terminal in
      try await terminal.expect("> ")
      terminal.type("count\n")
      try await terminal.expect("counting")
      terminal.pressControlC()
      try await terminal.expect("Cancelled.")
      try await untilEnded(stage)
      terminal.type("/quit\n")
    }
    #expect(ending.status == 0, "\(ending.transcript)")
    #expect(processes(stage).count == 1)
    await stage.agent.stop()
  }

  @Test func `a message of a script that is interrupted ends with the program that answers it`() async throws {
    let stage = try await stage(["sh", "-c", "echo $$ >>processes; echo counting; exec sleep 300"])
    let chat = try RunningProcess(
      [Program.agentMesh, "chat", stage.id, "count"], environment: stage.ada.environment,
      folder: stage.ada.folder.path.string)
    #expect(try await chat.firstLine() == "counting")
    chat.kill(SIGINT)
    await chat.end()
    #expect(chat.exitStatus == 130)
    try await untilEnded(stage)
    await stage.agent.stop()
  }

  @Test func `an agent that is stopped ends its programs, and tells those who wait`() async throws {
    let stage = try await stage(Self.endless)
    async let call = stage.ada.agentMesh(["call", stage.id, "--task", "x", "--stream", "--json"])
    try await eventually("no program") { !processes(stage).isEmpty }
    #expect(await stage.agent.stop() == 0)
    try await untilEnded(stage)
    let outcome = try await call
    #expect(outcome.status == 6, "\(outcome.errors)")
    #expect(try outcome.lines().last?["code"] as? String == "agent_offline", "\(outcome.output)")
  }

  private static var hearsHangup: Bool {
    let before = signal(SIGHUP, SIG_IGN)
    signal(SIGHUP, before)
    return unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
  }

  @Test(.enabled(if: CallEndingTests.hearsHangup))
  func `an agent whose terminal is closed ends its programs`() async throws {
    let stage = try await stage(Self.endless)
    async let call = stage.ada.agentMesh(["call", stage.id, "--task", "x", "--json"])
    try await eventually("no program") { !processes(stage).isEmpty }
    #expect(await stage.agent.stop(SIGHUP) == 0)
    try await untilEnded(stage)
    let outcome = try await call
    #expect(outcome.status == 6, "\(outcome.errors)")
  }

  @Test func `an agent that was killed says so of what it had begun, and begins nothing twice`() async throws {
    let stage = try await stage(Self.endless)
    async let call = stage.ada.agentMesh(["call", stage.id, "--task", "x", "--stream", "--json"])
    try await eventually("no program") { !processes(stage).isEmpty }
    await stage.agent.stop(SIGKILL)
    let again = try await stage.ada.connect(stage.id, to: Self.endless)
    let outcome = try await call
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(try outcome.lines().last?["code"] as? String == "adapter_crash", "\(outcome.output)")
    #expect(processes(stage).count == 1)
    await again.stop()
    // Nobody is left who would end it.
    for id in processes(stage) { kill(id, SIGKILL) }
  }

  @Test func `who waits no longer is told so, and the task goes on`() async throws {
    let stage = try await stage(Self.endless)
    for mode in [["--stream"], []] {
      let late = try await stage.ada.agentMesh(["call", stage.id, "--task", "x", "--timeout", "3", "--json"] + mode)
      #expect(late.status == 6, "\(late.errors)")
      let failure = try late.lines().last
      #expect((failure?["code"] ?? failure?["error"]) as? String == "timeout", "\(late.output)")
    }
    for id in processes(stage) { #expect(kill(id, 0) == 0) }
    await stage.agent.stop()
  }
}
