import RegistryServer
import RegistryStore
import TestSupport
import Testing

/// Clients that leave before they have their answer.
@Suite(.timeLimit(.minutes(5))) struct DepartureTests {
  /// Holds searches until they may go on.
  private struct HeldDatabase: SQLDatabase {
    let database: any SQLDatabase
    let begun = Signal()
    let gate = Signal()

    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      let (begun, gate) = (begun, gate)
      return try await database.read { try body(Connection(connection: $0, begun: begun, gate: gate)) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value {
      try await database.write(body)
    }

    func foreignRevision() async throws -> Int64 { try await database.foreignRevision() }

    func close() throws { try database.close() }
  }

  private struct Connection: SQLConnection {
    let connection: any SQLConnection
    let begun: Signal
    let gate: Signal

    func rows(_ query: SQL) throws -> [SQLRow] {
      if query.text.contains("MATCH") {
        begun.fire()
        gate.block()
      }
      return try connection.rows(query)
    }

    func execute(_ statement: SQL) throws -> Int { try connection.execute(statement) }
  }

  @Test func `a search whose client has left gives up its place before the one that runs has ended`() async throws {
    var limits = RegistryLimits()
    limits.costlyRequests = 1
    let log = LogCapture()
    var wrapped: HeldDatabase?
    let server = try await TestServer.start(limits: limits, log: log) { database in
      let created = HeldDatabase(database: database)
      wrapped = created
      return created
    }
    let database = try #require(wrapped)
    let request = "GET /api/search?q=x HTTP/1.1\r\nHost: x\r\n\r\n"
    let running = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(request)
      return connection
    }
    await database.begun.wait()
    // The connection is closed with its last reference.
    _ = try await onThread { try RawConnection(port: server.port).write(request) }
    let deadline = ContinuousClock.now + .seconds(60)
    while !log.text.contains(#/"http.status": "?408/#), ContinuousClock.now < deadline { await Task.yield() }
    #expect(log.text.contains(#/"http.status": "?408/#))
    database.gate.fire()
    let answer = try await onThread { running.response().head }
    #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)")
  }
}
