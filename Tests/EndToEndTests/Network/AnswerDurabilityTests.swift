import Foundation
import TestSupport
import Testing

/// More of them in `Scripts/soak`.
private let rounds = ProcessInfo.processInfo.environment["AGENT_MESH_CUT_ROUNDS"].flatMap { Int($0) } ?? 5

/// An answer once begun survives whatever breaks in between.
@Suite(.serialized, .timeLimit(.minutes(10 + 2 * rounds))) struct AnswerDurabilityTests {
  private enum Step: CaseIterable {
    case agentsReset, agentsGone, callersReset, serverKilled
  }

  /// Answers of agents to prompts, by prompt.
  private func answers(_ stage: CutStage, _ prompts: [String]) async throws -> [String: StreamCaller.Answer] {
    try await withThrowingTaskGroup(of: (String, StreamCaller.Answer).self) { group in
      for (number, prompt) in prompts.enumerated() {
        let agent = stage.agents[number % stage.agents.count]
        group.addTask { (prompt, try await stage.callers.answer(of: agent, to: prompt)) }
      }
      var answers: [String: StreamCaller.Answer] = [:]
      for try await (prompt, answer) in group { answers[prompt] = answer }
      return answers
    }
  }

  private func untilBegun(_ prompts: [String], _ stage: CutStage) async throws {
    try await eventually("not all have begun") { prompts.allSatisfy(stage.hasBegun) }
  }

  private func expectWhole(_ answers: [String: StreamCaller.Answer], _ prompts: [String], _ stage: CutStage) throws {
    for prompt in prompts { #expect(answers[prompt]?.text == CutStage.text(of: prompt), "\(prompt)") }
    #expect(try stage.starts().filter { $0.value != 1 } == [:])
  }

  @Test func `a hundred answers are whole and were begun once, though agents, callers and the server are cut off`()
    async throws
  {
    var stage = try await CutStage.open(agents: 4, streams: 100)
    for round in 1...rounds {
      let prompts = (1...99).map { "r\(round)-\($0)" }
      let (shown, whole) = (stage, "r\(round)-shown")
      // However long a busy machine takes, nothing is over before it is cut off.
      try stage.hold("r\(round)", true)
      async let coming = answers(shown, prompts)
      let command = try ShownCall(of: shown.agents[3], to: whole, by: shown.person)
      try await untilBegun(prompts + [whole], stage)
      try await eventually("nothing is shown") { !command.output.isEmpty }
      for step in (Step.allCases + [.callersReset]).shuffled() {
        // Anywhere in what is on its way.
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...300)))
        switch step {
        case .agentsReset: stage.agentSide.cut(.reset)
        case .agentsGone: stage.agentSide.cut(.clientGone)
        case .callersReset: stage.callerSide.cut(.reset)
        case .serverKilled: try await stage.killServer()
        }
      }
      try stage.hold("r\(round)", false)
      let all = try await coming
      try expectWhole(all, prompts, stage)
      #expect(all.values.contains { $0.streams > 1 })
      #expect(try await command.exitStatus() == 0)
      #expect(command.output == CutStage.text(of: whole))
    }
    await stage.close()
  }

  /// Nobody is told, so that the real timers have to find it out.
  @Test(arguments: [Cut.blackHole, .serverGone])
  func `an answer is whole although nobody is told that the connections are dead`(cut: Cut) async throws {
    let stage = try await CutStage.open(agents: 1, streams: 10)
    let prompts = (1...10).map { "p\($0)" }
    async let coming = answers(stage, prompts)
    try await untilBegun(prompts, stage)
    try await Task.sleep(for: .milliseconds(Int.random(in: 0...1_000)))
    #expect(stage.agentSide.cut(cut) > 0)
    #expect(stage.callerSide.cut(cut) > 0)
    try await expectWhole(coming, prompts, stage)
    await stage.close()
  }

  @Test func `an answer is whole after its caller was away until it had ended`() async throws {
    let stage = try await CutStage.open(agents: 1, streams: 1)
    async let coming = answers(stage, ["alone"])
    try await untilBegun(["alone"], stage)
    let port = stage.callerSide.target.exchange(1, ordering: .relaxed)
    stage.callerSide.cut(.reset)
    try await eventually("the answer does not end") {
      try await stage.owner.agentMesh(["stats", "--agent", stage.agents[0], "--json"]).json()["completed"] as? Int == 1
    }
    stage.callerSide.target.store(port, ordering: .relaxed)
    try await expectWhole(coming, ["alone"], stage)
    await stage.close()
  }

  @Test func `a task that is handed in again is the same one, also when its agent has left`() async throws {
    let stage = try await CutStage.open(agents: 1, streams: 1)
    let agent = stage.agents[0]
    for isOnline in [true, false] {
      if !isOnline {
        await stage.close()
        try await stage.owner.untilPresence(of: agent, is: false)
      }
      let answer = try await stage.callers.answer(of: agent, to: "twice")
      #expect(answer.text == CutStage.text(of: "twice"))
    }
    #expect(try stage.starts() == ["twice": 1])
  }
}
