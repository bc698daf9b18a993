import SystemPackage
import TestSupport
import Testing

@testable import RegistryStore

/// One slow step for many, whoever of them is cancelled.
@Suite(.timeLimit(.minutes(5))) struct BatchingTests {
  @Test func `a batch knows nothing of the end of whoever leads it`() async {
    let (begun, gate, cancelled) = (Signal(), Signal(), Log<Bool>())
    let batching = Batching<Int>(limit: 8) { _ in
      begun.fire()
      await gate.wait()
      cancelled.add(Task.isCancelled)
    }
    let leader = Task { await batching.join(1) }
    await begun.wait()
    leader.cancel()
    gate.fire()
    await leader.value
    #expect(cancelled.values == [false])
  }

  @Test func `as many batches run at once as may, and who comes then shares the next ones`() async {
    let (gate, batches) = (Signal(), Log<[Int]>())
    let batching = Batching<Int>(limit: 8, width: 2) { jobs in
      batches.add(jobs)
      await gate.wait()
    }
    await withTaskGroup(of: Void.self) { group in
      for job in 0..<2 { group.addTask { await batching.join(job) } }
      while batches.values.count < 2 { await Task.yield() }
      for job in 2..<8 { group.addTask { await batching.join(job) } }
      while await batching.waitingJobs < 6 { await Task.yield() }
      #expect(batches.values.map(\.count) == [1, 1])
      gate.fire()
      await group.waitForAll()
    }
    #expect(batches.values.joined().sorted() == Array(0..<8))
    // Whoever of the first two ends first hands its lead on; so does the other one.
    #expect(batches.values.count <= 4)
  }

  @Test func `a change is made whole also when whoever asked for it was cancelled before it began`() async throws {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.path.appending("registry.sqlite").string)
    let gate = Signal()
    let writer = Task {
      await gate.wait()
      return try await database.write { connection in
        try connection.execute("INSERT INTO authors (name, skeleton, created_at) VALUES ('acme', 'acme', 1)")
      }
    }
    writer.cancel()
    gate.fire()
    #expect(try await writer.value == 1)
    let rows = try await database.read { try $0.rows("SELECT name FROM authors") }
    #expect(try rows.map { try $0.text("name") } == ["acme"])
    try database.close()
  }
}
