import HTTPTransport
import RegistryAPI
import RegistryServer
import Skills
import TestSupport
import Testing

/// Whose request is answered first; proved by order, one at a time.
@Suite(.timeLimit(.minutes(5))) struct AdmissionQueueTests {
  private final class Owner: Sendable {}

  @Test func `one runs at a time, and clients take turns, however much one of them wants`() async throws {
    let queue = AdmissionQueue(concurrency: 1, limit: 100, limitPerClient: 100)
    let (holder, greedy, modest, log) = (Owner(), Owner(), Owner(), Log<String>())
    let (begun, gate) = (Signal(), Signal())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await queue.run(for: .connection(ObjectIdentifier(holder))) {
          begun.fire()
          await gate.wait()
          log.add("holder")
        }
      }
      await begun.wait()
      for (owner, name) in Array(repeating: (greedy, "greedy"), count: 5) + [(modest, "modest")] {
        group.addTask { try await queue.run(for: .connection(ObjectIdentifier(owner))) { log.add(name) } }
      }
      while queue.waitingRequests < 6 { await Task.yield() }
      gate.fire()
      try await group.waitForAll()
    }
    #expect(log.values.count == 7)
    #expect(log.values.first == "holder")
    // Whoever came first, the modest one is among the first two that waited.
    #expect(log.values.prefix(3).contains("modest"))
  }

  @Test func `too much of one client is refused to it alone, too much in all to everybody, until some has ended`()
    async throws
  {
    let queue = AdmissionQueue(concurrency: 1, limit: 2, limitPerClient: 1)
    let (holder, waiter, late) = (Owner(), Owner(), Owner())
    func code(of client: Owner) async -> ErrorCode? {
      do {
        try await queue.run(for: .connection(ObjectIdentifier(client))) {}
        return nil
      } catch {
        return (error as? MeshError)?.code
      }
    }
    let (begun, gate) = (Signal(), Signal())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await queue.run(for: .connection(ObjectIdentifier(holder))) {
          begun.fire()
          await gate.wait()
        }
      }
      await begun.wait()
      #expect(await code(of: holder) == .tooManyRequests)
      group.addTask { try await queue.run(for: .connection(ObjectIdentifier(waiter))) {} }
      while queue.waitingRequests < 1 { await Task.yield() }
      #expect(await code(of: late) == .unavailable)
      gate.fire()
      try await group.waitForAll()
    }
    #expect(await code(of: late) == nil)
  }

  @Test(arguments: ["is cancelled", "departs"])
  func `whoever gives up stops waiting at once, and another one has its place`(how: String) async throws {
    let queue = AdmissionQueue(concurrency: 1, limit: 2, limitPerClient: 1)
    let (holder, leaver, next) = (Owner(), Owner(), Owner())
    let (begun, gate, departures) = (Signal(), Signal(), Log<ClientDeparture>())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await queue.run(for: .connection(ObjectIdentifier(holder))) {
          begun.fire()
          await gate.wait()
        }
      }
      await begun.wait()
      let waiting = Task {
        let client = Client.connection(ObjectIdentifier(leaver)) { departures.add($0) }
        try await queue.run(for: client) {}
      }
      while departures.values.isEmpty { await Task.yield() }
      if how == "departs" { departures.values[0].action() } else { waiting.cancel() }
      await #expect(throws: CancellationError.self) { try await waiting.value }
      #expect(queue.waitingRequests == 0)
      group.addTask { try await queue.run(for: .connection(ObjectIdentifier(next))) {} }
      while queue.waitingRequests < 1 { await Task.yield() }
      gate.fire()
      try await group.waitForAll()
    }
  }

  @Test func `searches, lists and batches are refused when too many are open, and nothing else is`() async throws {
    var limits = RegistryLimits()
    limits.openJobs = 0
    let server = try await TestServer.start(limits: limits)
    func status(_ path: String) async throws -> Int {
      try await server.send(.get, path, token: server.token).status
    }
    let batch = try await server.sendJSON(.post, Route.indexBatch.rawValue, IndexBatchRequest(skills: []))
    #expect(batch.status == 503)
    #expect(batch.headers["Retry-After"] != nil)
    let latest = try await server.sendJSON(.post, Route.latest.rawValue, LatestRequest(skills: []))
    #expect(latest.status == 503)
    #expect(try await status(Route.search.rawValue) == 503)
    #expect(try await status(Route.ownSkills.rawValue) == 503)
    #expect(try await status(Route.profile.rawValue) == 200)
    #expect(try await status(Route.health.rawValue) == 200)
  }

  @Test func `whoever sends slowly holds up nobody`() async throws {
    var limits = RegistryLimits()
    limits.costlyRequests = 1
    limits.stallTimeout = 600
    let server = try await TestServer.start(limits: limits)
    let path = Route.indexBatch.rawValue
    let held = try await onThread {
      let connection = try RawConnection(port: server.port)
      // The permission to go on shows that the request has come as far as its body.
      connection.write("POST \(path) HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n{")
      #expect(connection.reading(until: "\r\n\r\n").text.hasPrefix("HTTP/1.1 100"))
      return connection
    }
    #expect(try await server.sendJSON(.post, path, IndexBatchRequest(skills: [])).status == 200)
    withExtendedLifetime(held) {}
  }
}
