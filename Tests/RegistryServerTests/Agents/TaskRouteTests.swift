import BridgeProtocol
import Foundation
import HTTPTransport
import NIOCore
import RegistryAPI
import RegistryStore
import Skills
import Testing

@testable import RegistryServer

/// What the log of a task says, as streams and as a status.
@Suite(.timeLimit(.minutes(10))) struct TaskRouteTests {
  private static let answer: [TaskEventBody] = [
    .accepted, .chunk(delta: "Think", kind: .thinking, toolName: nil, toolCallId: nil),
    .chunk(delta: "Hel", kind: .text, toolName: nil, toolCallId: nil),
    .chunk(delta: "ls", kind: .toolStart, toolName: "shell", toolCallId: "t1"),
    .chunk(delta: "a b", kind: .toolResult, toolName: "shell", toolCallId: "t1"),
    .chunk(delta: "lo\nthere", kind: .text, toolName: nil, toolCallId: nil),
    .done(result: nil, attachments: [Attachment(name: "r", url: "https://x/r")], fileTransferOffer: nil),
  ]

  private func say(_ bodies: [TaskEventBody], in task: String, _ scene: AgentScene) async throws {
    let entries = try bodies.map { body -> TaskAppend in
      var ending: TaskEnding?
      if case .done = body { ending = .completed }
      if case .failed(let code, let message) = body { ending = .failed(code: code, message: message) }
      return TaskAppend(
        requestID: task, attempt: 1, body: String(decoding: try JSONEncoder().encode(body), as: UTF8.self),
        textBytes: body.payloadBytes, ending: ending, accepts: body == .accepted, at: scene.server.clock.now)
    }
    _ = try await scene.server.store.tasks.append(entries)
  }

  private struct Line {
    var id: Int?
    var event: CallEvent
  }

  private func events(_ text: String) throws -> [Line] {
    try text.components(separatedBy: "\n\n").compactMap { block -> Line? in
      let lines = block.split(separator: "\n")
      guard let data = lines.first(where: { $0.hasPrefix("data: ") })?.dropFirst(6) else { return nil }
      let id = lines.first(where: { $0.hasPrefix("id: ") })?.dropFirst(4)
      return Line(id: id.flatMap { Int($0) }, event: try WireCoding.decode(CallEvent.self, from: data.utf8))
    }
  }

  @Test func `a stream is read from any position on`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    try await scene.task("r1", of: scene.bob, with: agent)
    try await say(Self.answer, in: "r1", scene)
    let path = Route.taskEvents.path([agent.id, "r1"])
    let whole = try await scene.server.send(.get, path, token: scene.bobToken)
    #expect(whole.headers["Content-Type"] == "text/event-stream; charset=utf-8")
    #expect(whole.text.hasPrefix("retry: 1000\n\n"))
    let all = try events(whole.text)
    #expect(all.map(\.id) == [0, 2, 3, 4, 5, 6, 7])
    #expect(all.map(\.event.type) == [.start, .chunk, .chunk, .chunk, .chunk, .chunk, .done])
    #expect(all.first?.event.requestId == "r1" && all.first?.event.callId == "call-r1")
    let text = all.filter { $0.event.type == .chunk && $0.event.kind == nil }
    #expect(text.compactMap(\.event.delta) == ["Hel", "lo\nthere"])
    #expect(all.last?.event.attachments?.map(\.name) == ["r"])
    for position in 2...7 {
      let rest = try await scene.server.send(
        .get, path, headers: ["Last-Event-ID": .init("\(position)")], token: scene.bobToken)
      #expect(try events(rest.text).dropFirst().map(\.event) == all.filter { $0.id ?? 0 > position }.map(\.event))
    }
    for position in [8, Int.max] {
      let rest = try await scene.server.send(
        .get, path, headers: ["Last-Event-ID": .init("\(position)")], token: scene.bobToken)
      let shown = try events(rest.text).dropFirst().map(\.event)
      #expect(shown.first?.type == .reset && shown.first?.firstSeq == 1)
      #expect(Array(shown.dropFirst()) == all.dropFirst().map(\.event))
    }
    for wrong in ["x", "-1", "1.5"] {
      let refused = try await scene.server.send(
        .get, path, headers: ["Last-Event-ID": .init(wrong)], token: scene.bobToken)
      #expect(refused.status == 400)
    }
  }

  @Test func `a status has the text of the answer, or why there is none`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    func status(_ id: String) async throws -> TaskStatus {
      let answer = try await scene.server.send(.get, Route.taskStatus.path([agent.id, id]), token: scene.bobToken)
      return try WireCoding.decode(TaskStatus.self, from: answer.body)
    }
    for id in ["done", "failed", "open"] { try await scene.task(id, of: scene.bob, with: agent) }
    try await say(Self.answer, in: "done", scene)
    try await say([.failed(code: "agent_busy", message: "Too much.")], in: "failed", scene)
    let done = try await status("done")
    #expect(done.status == .completed && done.result == "Hello\nthere" && done.attachments?.count == 1)
    #expect(done.completedAt != nil && done.durationMs != nil)
    let failed = try await status("failed")
    #expect(failed.status == .failed && failed.errorCode == "agent_busy" && failed.result == nil)
    #expect(try await status("open").status == .running)
  }

  @Test func `what was said to an agent is erased when the agent is deleted`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    try await scene.task("r1", of: scene.bob, with: agent)
    try await say(Self.answer, in: "r1", scene)
    let answer = try await scene.server.send(.delete, Route.ownAgent.path([agent.id]), token: scene.adaToken)
    #expect(answer.status == 200)
    let (log, deadline) = (scene.server.store.tasks, ContinuousClock.now + .seconds(60))
    while ContinuousClock.now < deadline, try await log.task("r1")?.content != "" { await Task.yield() }
    #expect(try await log.task("r1")?.content == "")
    #expect(try await log.events(of: "r1", after: 0).events.isEmpty)
  }

  @Test func `a whole answer is read when it is its turn, and there is none to wait for before the end`() async throws {
    let scene = try await AgentScene { $0.limits.openJobs = 0 }
    let agent = try await scene.published("reviewer")
    for id in ["done", "open"] { try await scene.task(id, of: scene.bob, with: agent) }
    try await say(Self.answer, in: "done", scene)
    for (id, status) in [("done", 503), ("open", 200)] {
      let path = Route.taskStatus.path([agent.id, id])
      #expect(try await scene.server.send(.get, path, token: scene.bobToken).status == status)
    }
  }

  @Test func `a task is there for its caller and for the owner of the agent, and rated by its caller alone`()
    async throws
  {
    let scene = try await AgentScene()
    let (agent, other) = (try await scene.published("reviewer"), try await scene.published("writer"))
    let eve = try await scene.server.newToken(of: scene.server.signUp("eve"))
    try await scene.task("r1", of: scene.bob, with: agent)
    let rate = Route.agentRating.path([agent.id])
    let rating = RatingRequest(callId: "call-r1", rating: 4)
    #expect(try await scene.server.sendJSON(.post, rate, rating, token: scene.bobToken).status == 409)
    try await say(Self.answer, in: "r1", scene)
    for row in [CalledAgentEndpoint.taskStatus, .taskEvents].map(\.row) {
      func status(_ agent: AgentSummary, _ token: String) async throws -> Int {
        try await scene.server.send(.get, row.route.path([agent.id, "r1"]), token: token).status
      }
      #expect(try await status(agent, scene.bobToken) == 200)
      #expect(try await status(agent, scene.adaToken) == 200)
      #expect(try await status(agent, eve) == 404)
      #expect(try await status(other, scene.bobToken) == 404)
    }
    let cancel = Route.taskCancellation.path([agent.id, "r1"])
    #expect(try await scene.server.send(.post, cancel, token: eve).status == 404)
    for token in [eve, scene.adaToken] {
      #expect(try await scene.server.sendJSON(.post, rate, rating, token: token).status == 404)
    }
    #expect(try await scene.server.sendJSON(.post, rate, rating, token: scene.bobToken).status == 200)
    try await scene.task("r2", of: scene.ada, with: agent)
    try await say(Self.answer, in: "r2", scene)
    let own = RatingRequest(callId: "call-r2", rating: 5)
    #expect(try await scene.server.sendJSON(.post, rate, own, token: scene.adaToken).status == 403)
    let wrong = RatingRequest(callId: "call-r1", rating: 6)
    #expect(try await scene.server.sendJSON(.post, rate, wrong, token: scene.bobToken).status == 422)
  }

  @Test func `a chat has parts that begin and end, and ends with a word of its own`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    try await scene.task("r1", of: scene.bob, with: agent, kind: .chat)
    try await say(Self.answer, in: "r1", scene)
    let task = try #require(try await scene.server.store.tasks.task("r1"))
    var renderer = ChatEventRenderer(task)
    var text = String(buffer: try renderer.opening())
    for event in try await scene.server.store.tasks.events(of: "r1", after: 0).events {
      text += String(buffer: try renderer.render(.event(event)))
    }
    let data = text.split(separator: "\n").filter { $0.hasPrefix("data: {") }
    let types = try data.map { line in
      try JSONSerialization.jsonObject(with: Data(line.dropFirst(6).utf8)) as? [String: Any]
    }.map { $0?["type"] as? String }
    #expect(
      types == [
        "start", "start-step", "reasoning-start", "reasoning-delta", "reasoning-end", "text-start", "text-delta",
        "text-end", "tool-input-start", "tool-output-available", "text-start", "text-delta", "text-end", "source-url",
        "finish-step", "finish",
      ])
    #expect(text.hasSuffix("data: [DONE]\n\n"))
    #expect(text.contains("\"toolCallId\":\"t1\"") && text.contains("id: 7\n"))
  }
}
