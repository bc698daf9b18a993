import Skills
import Testing

@testable import SkillSources

@Suite(.timeLimit(.minutes(5))) struct SharedResultsTests {
  @Test func `results are kept up to a number, failures too, and what was cancelled is done again`() async throws {
    let results = SharedResults<Int, Int>(keeping: 2)
    let calls = Counter()
    for key in [1, 1, 2, 2, 1, 3, 1] {
      let value = try await results.value(of: key) { () async throws(MeshError) -> Int in
        await calls.count()
        return key * 10
      }
      #expect(value == key * 10)
    }
    #expect(await calls.number == 4)
    for code in [ErrorCode.networkError, .cancelled] {
      let failing = SharedResults<Int, Int>(keeping: 2)
      let tries = Counter()
      for _ in 0..<2 {
        await #expect(throws: MeshError.self) {
          _ = try await failing.value(of: 1) { () async throws(MeshError) -> Int in
            await tries.count()
            throw MeshError(code, "x")
          }
        }
      }
      #expect(await tries.number == (code == .cancelled ? 2 : 1))
    }
  }

  @Test(arguments: [0, 1])
  func `whoever is cancelled waits no longer, and the work goes on for the others`(cancelled: Int) async throws {
    let (results, work) = (SharedResults<Int, Int>(keeping: 1), LongWork())
    let tasks = await waiters(of: results, work)

    tasks[cancelled].cancel()

    let error = await #expect(throws: MeshError.self) { try await tasks[cancelled].value }
    #expect(error?.code == .cancelled)
    await work.finish()
    #expect(try await tasks[1 - cancelled].value == 10)
    #expect(await work.beginnings == 1)
  }

  @Test func `work that nobody waits for any more is cancelled, and done again for who asks next`() async throws {
    let (results, work) = (SharedResults<Int, Int>(keeping: 1), LongWork())
    let tasks = await waiters(of: results, work)

    for task in tasks { task.cancel() }

    for task in tasks {
      let error = await #expect(throws: MeshError.self) { try await task.value }
      #expect(error?.code == .cancelled)
    }
    #expect(await work.cancellations == 1)
    await work.finish()
    let value = try await results.value(of: 1) { () async throws(MeshError) in try await work.run() }
    #expect(value == 10)
    #expect(await work.beginnings == 2)
  }

  /// Two that wait for the same work, which is under way.
  private func waiters(of results: SharedResults<Int, Int>, _ work: LongWork) async -> [Task<Int, any Error>] {
    let tasks: [Task<Int, any Error>] = (0..<2).map { _ in
      Task { try await results.value(of: 1) { () async throws(MeshError) in try await work.run() } }
    }
    while results.waiting(for: 1) < tasks.count { await Task.yield() }
    while await work.beginnings == 0 { await Task.yield() }
    return tasks
  }

  private actor Counter {
    private(set) var number = 0
    func count() { number += 1 }
  }

  /// Goes on until it is told to finish, or cancelled.
  private actor LongWork {
    private(set) var beginnings = 0
    private(set) var cancellations = 0
    private var isOver = false

    func finish() { isOver = true }

    func run() async throws(MeshError) -> Int {
      beginnings += 1
      while !isOver {
        if Task.isCancelled {
          cancellations += 1
          throw MeshError(.cancelled, "cancelled")
        }
        await Task.yield()
      }
      return 10
    }
  }
}
