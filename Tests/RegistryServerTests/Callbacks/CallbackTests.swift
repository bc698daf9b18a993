import BridgeProtocol
import Foundation
import HTTPTransport
import RegistryAPI
import RegistryStore
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import RegistryServer

/// Addresses that answer a challenge, and what they are called about.
@Suite(.timeLimit(.minutes(5))) struct CallbackTests {
  private let path = Route.webhooks.rawValue

  private func subscribe(
    _ receiver: CallbackReceiver, _ scene: AgentScene, events: [String]? = nil, rotate: Bool? = nil
  ) async throws -> WebhookResponse {
    let body = WebhookRequest(callbackUrl: receiver.url, events: events, rotateKey: rotate)
    let answer = try await scene.server.sendJSON(.post, path, body, token: scene.adaToken)
    #expect(answer.status == 201, "\(answer.text)")
    return try WireCoding.decode(WebhookResponse.self, from: answer.body)
  }

  private func list(_ scene: AgentScene) async throws -> [WebhookSummary] {
    let answer = try await scene.server.send(.get, path, token: scene.adaToken)
    return try WireCoding.decode(OwnWebhooks.self, from: answer.body).webhooks
  }

  /// A task that is to be told of at an address, and has ended.
  private func endedTask(
    _ id: String, _ agent: AgentSummary, _ url: String, _ scene: AgentScene, beforeEnd: () async throws -> Void = {}
  ) async throws {
    let (tasks, now) = (scene.server.store.tasks, scene.server.clock.now)
    _ = try await tasks.create(
      NewTask(
        requestID: id, callID: "call-\(id)", agent: agent.id, sessionKey: "a2a-\(id)",
        callerAccount: scene.ada.id.rawValue, kind: .call, isAsync: true, content: "Do it.", callbackURL: url,
        createdAt: now))
    let bodies: [TaskEventBody] = [
      .accepted, .chunk(delta: "Done.", kind: .text, toolName: nil, toolCallId: nil),
      .done(result: nil, attachments: [], fileTransferOffer: nil),
    ]
    let entries = try bodies.map { body in
      TaskAppend(
        requestID: id, attempt: 1, body: String(decoding: try JSONEncoder().encode(body), as: UTF8.self),
        textBytes: body.payloadBytes, ending: body.isEnding ? .completed : nil, accepts: body == .accepted, at: now)
    }
    _ = try await tasks.append(Array(entries.dropLast()))
    try await beforeEnd()
    _ = try await tasks.append(Array(entries.suffix(1)))
  }

  @Test func `an address is entered once it has answered, and the key is shown once`() async throws {
    let receiver = CallbackReceiver()
    let scene = try await receiver.scene()
    let first = try await subscribe(receiver, scene, events: ["agent.created"])
    #expect(first.webhook.confirmedAt != nil && first.webhook.events == ["agent.created"])
    #expect(first.signingKey?.hasPrefix("whsec_") == true)
    #expect(try await subscribe(receiver, scene).signingKey == nil)
    let rotated = try await subscribe(receiver, scene, rotate: true).signingKey
    #expect(rotated != nil && rotated != first.signingKey)
    #expect(try await list(scene).map(\.callbackUrl) == [receiver.url])
    let removal = WebhookRemoval(callbackUrl: receiver.url)
    #expect(try await scene.server.sendJSON(.delete, path, removal, token: scene.bobToken).status == 404)
    #expect(try await scene.server.sendJSON(.delete, path, removal, token: scene.adaToken).status == 200)
    #expect(try await list(scene).isEmpty)
  }

  @Test func `an address that answers something else, or may not be called, is not confirmed`() async throws {
    let receiver = CallbackReceiver(echoes: false)
    let scene = try await receiver.scene()
    for url in [receiver.url, "http://127.0.0.1:1/hook", "https://127.0.0.1/", "https://localhost/"] {
      let answer = try await scene.server.sendJSON(
        .post, path, WebhookRequest(callbackUrl: url), token: scene.adaToken)
      #expect(answer.status == 422, "\(url): \(answer.text)")
    }
    #expect(try await list(scene).allSatisfy { $0.confirmedAt == nil })
    let unknown = WebhookRequest(callbackUrl: receiver.url, events: ["agent.exploded"])
    #expect(try await scene.server.sendJSON(.post, path, unknown, token: scene.adaToken).status == 422)
  }

  @Test func `a call names only an address that its own account has confirmed, and waits for no answer`() async throws {
    let receiver = CallbackReceiver()
    let scene = try await receiver.scene()
    let agent = try await scene.published("reviewer")
    func status(_ mode: CallMode, _ token: String) async throws -> Int {
      let body = CallRequest(taskDescription: "Do it.", mode: mode, callbackUrl: receiver.url)
      return try await scene.server.sendJSON(.post, Route.agentCall.path([agent.id]), body, token: token).status
    }
    #expect(try await status(.async, scene.adaToken) == 422)
    _ = try await subscribe(receiver, scene)
    // Let through, to an agent that is not there.
    #expect(try await status(.async, scene.adaToken) == 503)
    #expect(try await status(.stream, scene.adaToken) == 422)
    #expect(try await status(.async, scene.bobToken) == 422)
  }

  @Test func `the end of a task is told once, signed with the key of the account`() async throws {
    let receiver = CallbackReceiver()
    let scene = try await receiver.scene()
    let shown = try #require(try await subscribe(receiver, scene).signingKey)
    let agent = try await scene.published("reviewer")
    var calls = receiver.calls.makeAsyncIterator()
    for id in ["r1", "r2"] {
      try await endedTask(id, agent, receiver.url, scene)
      let call = try #require(await calls.next())
      let body = try WireCoding.decode(TaskCallback.self, from: call.body)
      #expect(body.requestId == id && body.status == .completed && body.result == "Done.")
      let (delivery, time) = (call.headers["Webhook-Id"] ?? "", call.headers["Webhook-Timestamp"] ?? "")
      let key = try #require(Data(base64Encoded: String(shown.dropFirst(6))))
      let code = HMACSHA256.code(of: Array("\(delivery).\(time).".utf8) + call.body, key: Array(key))
      #expect(call.headers["Webhook-Signature"] == "v1," + Data(code).base64EncodedString())
      #expect(call.headers["Authorization"] == nil && call.headers["X-Platform-Secret"] == nil)
    }
    // One at a time: the first call had ended before the second was made.
    #expect(receiver.received.count == 2)
    #expect(Set(receiver.received.map { $0.headers["Webhook-Id"] }).count == 2)
  }

  @Test func `what was entered before a crash, and is still owed after it, is told once`() async throws {
    let receiver = CallbackReceiver()
    let scene = try await receiver.scene()
    _ = try await subscribe(receiver, scene)
    let agent = try await scene.published("reviewer")
    let entered = try await scene.server.store.webhooks.enqueue(
      .taskEnded, body: "{}", for: scene.ada.id, to: receiver.url, about: "r1", at: scene.server.clock.now)
    #expect(entered == 1)
    try await endedTask("r1", agent, receiver.url, scene)
    var calls = receiver.calls.makeAsyncIterator()
    #expect(try #require(await calls.next()).body == Array("{}".utf8))
    try await endedTask("r2", agent, receiver.url, scene)
    let next = try WireCoding.decode(TaskCallback.self, from: try #require(await calls.next()).body)
    #expect(next.requestId == "r2")
  }

  @Test(arguments: ["UPDATE tasks SET hops = 'x'", "UPDATE task_events SET body = x'00'"] as [SQL])
  func `a task that is damaged keeps back no other`(damage: SQL) async throws {
    let receiver = CallbackReceiver()
    let scene = try await receiver.scene()
    _ = try await subscribe(receiver, scene)
    let agent = try await scene.published("reviewer")
    try await endedTask("r1", agent, receiver.url, scene) {
      let file = scene.server.folder.appending("tasks.sqlite").string
      let database = try SQLiteDatabase(path: file, migrations: .tasks)
      let changed = try await database.write { try $0.execute(damage) }
      #expect(changed > 0)
      try database.close()
    }
    try await endedTask("r2", agent, receiver.url, scene)
    var calls = receiver.calls.makeAsyncIterator()
    let told = try WireCoding.decode(TaskCallback.self, from: try #require(await calls.next()).body)
    #expect(told.requestId == "r2")
    #expect(try await scene.server.store.tasks.owedCallbacks(limit: 10).isEmpty)
  }

  @Test func `the calls of one account follow each other without a pause`() async throws {
    let receiver = CallbackReceiver()
    let scene = try await receiver.scene()
    _ = try await subscribe(receiver, scene)
    let (webhooks, start, count) = (scene.server.store.webhooks, ContinuousClock.now, 120)
    for number in 0..<count {
      try await webhooks.enqueue(
        .taskEnded, body: "{}", for: scene.ada.id, to: receiver.url, about: "r\(number)", at: scene.server.clock.now)
    }
    var calls = receiver.calls.makeAsyncIterator()
    for _ in 0..<count { _ = try #require(await calls.next()) }
    // With a pause of a second behind each it would be two minutes.
    #expect(ContinuousClock.now - start < .seconds(100))
  }

  @Test(arguments: [500, 404, 302])
  func `a call that is not taken is made again under the same id`(status: Int) async throws {
    let receiver = CallbackReceiver { $0 == 1 ? status : 204 }
    let scene = try await receiver.scene()
    _ = try await subscribe(receiver, scene)
    try await endedTask("r1", try await scene.published("reviewer"), receiver.url, scene)
    while receiver.received.count < 2 {
      // More than the longest pause and the lease of a call together.
      scene.server.clock.advance(90)
      _ = try await list(scene)
    }
    let ids = receiver.received.prefix(2).compactMap { $0.headers["Webhook-Id"] }
    #expect(ids.count == 2 && Set(ids).count == 1)
  }

  @Test(arguments: [true, false])
  func `who asks for it hears of a new agent`(isMadeOnPage: Bool) async throws {
    let receiver = CallbackReceiver()
    let scene = try await receiver.scene()
    _ = try await subscribe(receiver, scene, events: ["agent.created"])
    if isMadeOnPage {
      var ada = TestBrowser(scene.server)
      #expect(try await ada.submit("/login", [("handle", "ada"), ("password", "correct horse")]).status == 303)
      let fields = [
        ("name", "Reviewer"), ("description", ""), ("agent_type", "exec"), ("capabilities", ""), ("hour", "0"),
        ("day", "0"),
      ]
      #expect(try await ada.submit("/settings/agents", fields).status == 303)
    } else {
      _ = try await scene.create("reviewer")
    }
    var calls = receiver.calls.makeAsyncIterator()
    let call = try #require(await calls.next())
    let body = try WireCoding.decode(AgentCallback.self, from: call.body)
    #expect(body.type == "agent.created" && body.agent.slug == "reviewer")
  }
}
