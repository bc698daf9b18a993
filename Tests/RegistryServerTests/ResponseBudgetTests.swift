import Foundation
import HTTPTransport
import RegistryServer
import Skills
import TestSupport
import Testing

/// What readers that do not read may cost.
@Suite struct ResponseBudgetTests {
  private final class Owner: Sendable {}

  @Test func `a client and all together have a limit, and what is given back can be had again`() throws {
    let budget = ResponseBudget(limit: 100, limitPerClient: 60)
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
