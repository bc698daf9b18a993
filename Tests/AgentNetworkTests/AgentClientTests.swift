import AgentNetwork
import HTTPTransport
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

/// A task and its answer, over connections that break.
@Suite(.timeLimit(.minutes(1))) struct AgentClientTests {
  private static let task = AgentTask(agentId: "a1", requestId: "r1", callId: "c1", sessionKey: "s1")
  private static let head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nretry: 1000\n\n: keepalive\n\n"

  private static func chunk(_ position: Int) -> String {
    "id: \(position)\ndata: {\"type\":\"chunk\",\"delta\":\"\(position) \"}\n\n"
  }

  private static func ending(_ position: Int) -> String { "id: \(position)\ndata: {\"type\":\"done\"}\n\n" }

  private func client(_ server: TestServer, pollInterval: Duration = .seconds(2)) throws -> AgentClient {
    var configuration = TransportConfiguration(userAgent: "agent-mesh/test", environment: [:])
    configuration.pause = { _ in }
    var reconnection = Reconnection()
    reconnection.pause = { _ in }
    reconnection.pollInterval = pollInterval
    reconnection.chance = { 0 }
    let registry = try RegistryClient(
      address: RegistryAddress(parsing: "http://127.0.0.1:\(server.port)"), token: "ah_secret",
      transport: HTTPTransport(configuration))
    return AgentClient(client: registry, reconnection: reconnection)
  }

  private func failure(_ work: () async throws -> Void) async -> MeshError? {
    do {
      try await work()
      Issue.record("nothing failed")
      return nil
    } catch {
      return error as? MeshError
    }
  }

  private var later: AgentClient.Deadline { .now + .seconds(50) }

  /// What goes wrong after every two of ten chunks.
  enum Fault: CaseIterable {
    case close, reset, unavailable, repetition
  }

  @Test(arguments: Fault.allCases)
  func `an answer is read on from where it was, each piece once`(_ fault: Fault) async throws {
    let log = Log<Int>()
    let server = TestServer { request, connection in
      log.add(1)
      if fault == .unavailable, log.values.count % 2 == 0 { return try connection.reply(503) }
      let seen = request.headers["Last-Event-ID"].flatMap { Int($0) } ?? 0
      let (first, last) = (fault == .repetition ? 1 : seen + 1, min(seen + 2, 10))
      try connection.send(Self.head + (first...last).map(Self.chunk).joined())
      if last == 10 { try connection.send(Self.ending(11)) }
      connection.close(abruptly: fault == .reset && last < 10)
    }
    var (text, kinds) = ("", [CallEvent.Kind]())
    let ending = try await client(server).follow(Self.task, until: later) { event in
      text += event.delta ?? ""
      kinds.append(event.type)
    }
    #expect(ending.type == .done)
    #expect(text == (1...10).map { "\($0) " }.joined())
    #expect(kinds.first == .start && kinds.last == .done)
    #expect(Set(server.requests.map(\.target)) == ["/api/agents/a1/tasks/r1/events"])
  }

  @Test(arguments: [
    ("timeout", Int32(6)), ("internal_error", 1), ("out_of_coffee", 1),
    // What decides exit statuses here alone is not for an agent to say.
    ("cancelled", 1), ("usage", 1),
  ])
  func `a task that fails is not asked for again`(code: String, status: Int32) async throws {
    let server = TestServer { _, connection in
      let event = #"data: {"type":"error","code":"\#(code)","message":"m"}"#
      try connection.send(Self.head + Self.chunk(1) + event + "\n\n")
      connection.close()
    }
    let error = await failure { try await client(server).follow(Self.task, until: later) { _ in } }
    #expect(error?.wireCode == code && error?.message == "m")
    #expect(error?.code.exitStatus.rawValue == status)
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [401, 403, 404]) func `a refusal is not asked for again`(status: Int) async throws {
    let server = TestServer { _, connection in try connection.reply(status) }
    let error = await failure { try await client(server).follow(Self.task, until: later) { _ in } }
    #expect(error?.code.exitStatus == (status == 404 ? .notFound : .denied))
    #expect(server.requests.count == 1)
  }

  @Test func `an answer of which the beginning is gone is a failure`() async throws {
    let server = TestServer { _, connection in
      let event = #"data: {"type":"reset","recovered":false,"first_seq":7}"#
      try connection.send(Self.head + event + "\n\n" + Self.ending(9))
      connection.close()
    }
    #expect(await failure { try await client(server).follow(Self.task, until: later) { _ in } }?.code == .gone)
  }

  @Test func `a deadline ends the wait, and the task is named`() async throws {
    let server = TestServer { _, connection in try connection.reply(503) }
    let past = AgentClient.Deadline.now - .seconds(1)
    for error in [
      await failure { try await client(server).follow(Self.task, until: past) { _ in } },
      await failure { _ = try await client(server).result(of: Self.task, until: past) },
    ] {
      #expect(error?.code == .timeout)
      #expect(error?.message.contains("r1") == true)
    }
  }

  @Test func `a question that fails is asked again until there is a result`() async throws {
    let log = Log<Int>()
    let server = TestServer { _, connection in
      log.add(1)
      switch log.values.count {
      case 1: connection.close(abruptly: true)
      case 2...6: try connection.reply(503)
      case 7: try connection.reply(200, #"{"request_id":"r1","status":"running"}"#)
      default: try connection.reply(200, #"{"request_id":"r1","status":"completed","result":"all"}"#)
      }
    }
    let status = try await client(server).result(of: Self.task, until: later)
    #expect(status.result == "all")
  }

  @Test func `a deadline before the next question is waited for, and one is asked at it`() async throws {
    let log = Log<Int>()
    let server = TestServer { _, connection in
      log.add(1)
      let status = log.values.count == 1 ? #""running""# : #""completed","result":"all""#
      try connection.reply(200, #"{"request_id":"r1","status":\#(status)}"#)
    }
    let status = try await client(server, pollInterval: .seconds(3_600)).result(of: Self.task, until: later)
    #expect(status.result == "all")
  }
}
