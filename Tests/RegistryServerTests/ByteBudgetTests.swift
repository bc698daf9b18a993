import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import Skills
import TestSupport
import Testing

/// What readers that do not read, and senders that do not finish, may cost.
@Suite struct ByteBudgetTests {
  private final class Owner: Sendable {}

  @Test func `a client and all together have a limit, and what is given back can be had again`() throws {
    let budget = ByteBudget(of: .responses, limit: 100, limitPerClient: 60)
    let (one, two) = (Owner(), Owner())
    let (first, second) = (Client.connection(ObjectIdentifier(one)), Client.connection(ObjectIdentifier(two)))
    do {
      let held = try [budget.reserve(30, for: first), budget.reserve(30, for: first), budget.reserve(30, for: second)]
      #expect(budget.reserved == 90)
      #expect(throws: MeshError.self) { try budget.reserve(1, for: first) }
      let refusal = #expect(throws: MeshError.self) { try budget.reserve(11, for: second) }
      #expect(refusal?.code == .unavailable)
      withExtendedLifetime(held) {}
    }
    #expect(budget.reserved == 0)
    let whole = try budget.reserve(1_000, for: first)
    #expect(budget.reserved == 1_000)
    withExtendedLifetime(whole) {}
  }

  @Test func `what grows is bounded and given back as a whole`() throws {
    let budget = ByteBudget(of: .requests, limit: 100, limitPerClient: 60)
    let owner = Owner()
    do {
      let room = try budget.reserve(0, for: .connection(ObjectIdentifier(owner)))
      try room.grow(by: 20)
      try room.grow(by: 40)
      #expect(throws: MeshError.self) { try room.grow(by: 1) }
      #expect(budget.reserved == 60)
      withExtendedLifetime(room) {}
    }
    #expect(budget.reserved == 0)
  }

  @Test func `bodies that do not end hold no more than all bodies may, and others wait for their turn`() async throws {
    var limits = RegistryLimits()
    limits.received = 100_000
    let server = try await TestServer.start(limits: limits)
    let path = Route.indexBatch.rawValue
    let body = Array((#"{"skills":[]}"# + String(repeating: " ", count: 50_000)).utf8)
    func ask() async throws -> Int { try await server.send(.post, path, body: .bytes(body)).status }
    let deadline = ContinuousClock.now + .seconds(60)
    var (held, status) = ([RawConnection](), 0)
    // Of two that are read at the same time, the one that does not end may be refused; then there is another.
    while status != 503, ContinuousClock.now < deadline {
      held.append(
        try await onThread {
          let connection = try RawConnection(port: server.port)
          connection.write("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n")
          connection.write(String(repeating: " ", count: 89_999))
          return connection
        })
      status = try await ask()
    }
    #expect(status == 503)
    #expect(try await server.send(.get, "/health").status == 200)
    withExtendedLifetime(held) {}
    held = []
    while status != 200, ContinuousClock.now < deadline { status = try await ask() }
    #expect(status == 200)
  }

  @Test(arguments: [1, 64, 3_000, Int.max])
  func `what a client may have waiting and under way grows with its connections`(connections: Int) {
    var limits = RegistryLimits()
    limits.connectionsPerAddress = connections
    #expect(limits.openJobsPerClient == connections)
    #expect(limits.outstandingPerClient == min(connections, limits.connections) * limits.streamCost)
  }

  @Test func `a large file that nobody reads holds no more than a stream may, and others wait for their turn`()
    async throws
  {
    var limits = RegistryLimits()
    limits.outstanding = 3 * limits.streamCost
    let server = try await TestServer.start(limits: limits)
    let large = Sample.noise(12_000_000)
    #expect(try await server.publish(package: Sample.packed(files: ["large.txt": large]).bytes).status == 201)
    let path = "/api/skills/acme/sample/versions/1.0.0/files/large.txt"
    do {
      let held = try await onThread {
        try (0..<3).map { _ in
          let connection = try RawConnection(port: server.port)
          connection.write("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
          #expect(connection.reading(until: "\r\n\r\n").text.hasPrefix("HTTP/1.1 200"))
          return connection
        }
      }
      let surplus = try await server.send(.get, path)
      #expect(surplus.status == 503)
      #expect(surplus.headers["Retry-After"] != nil)
      #expect(try await server.send(.get, "/api/skills/acme/sample/raw").status == 200)
      withExtendedLifetime(held) {}
    }
    // What they held is given back a moment after they are closed.
    let deadline = ContinuousClock.now + .seconds(60)
    var later = try await server.send(.get, path)
    while later.status == 503, ContinuousClock.now < deadline { later = try await server.send(.get, path) }
    #expect(later.status == 200)
    #expect(later.text == large)
  }
}
