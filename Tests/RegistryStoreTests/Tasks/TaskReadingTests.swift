import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct TaskReadingTests {
  private let tasks: TaskFolder

  init() throws {
    tasks = try TaskFolder()
  }

  @Test(arguments: [
    (0, 10, 1_000, [1, 2, 3, 4]), (2, 10, 1_000, [3, 4]), (4, 10, 1_000, []), (9, 10, 1_000, []),
    (0, 2, 1_000, [1, 2]), (0, 10, 20, [1, 2]), (0, 10, 29, [1, 2]), (0, 10, 30, [1, 2, 3]), (1, 10, 0, [2]),
  ])
  func `a page has as much as both limits allow, and at least one event`(
    after: Int, limit: Int, bytes: Int, expected: [Int]
  ) async throws {
    _ = try await tasks.log.create(tasks.new("r"))
    let body = String(repeating: "é", count: 5)
    _ = try await tasks.log.append((1...4).map { tasks.entry("r", $0, body) })
    let page = try await tasks.log.events(of: "r", after: after, limit: limit, bytes: bytes)
    #expect(page.events.map(\.sequence) == expected)
    #expect(page.firstAvailable == 1 && page.lastSequence == 4 && !page.isEnded)
  }

  @Test func `a task that nobody knows has no page`() async throws {
    await #expect(throws: MeshError.self) { _ = try await tasks.log.events(of: "r", after: 0) }
  }

  @Test func `nobody sees the conversations of another account`() async throws {
    let requests: [(String, String, Int64, TaskKind, TimeInterval)] = [
      ("1", "one", 1, .chat, 0), ("2", "two", 1, .chat, 1), ("3", "one", 1, .chat, 2), ("4", "theirs", 2, .chat, 3),
      ("5", "call", 1, .call, 4),
    ]
    for (request, session, account, kind, time) in requests {
      let new = tasks.new(request, session: session, account: account, kind: kind, content: request, at: time)
      _ = try await tasks.log.create(new)
    }
    _ = try await tasks.log.append([tasks.entry("2", 1, ending: .completed, at: 9)])
    let own = try await tasks.log.conversations(of: 1, with: "a")
    #expect(own.map(\.sessionKey) == ["two", "one"])
    #expect(own.map(\.title) == ["About 2", "About 1"])
    #expect(own.map(\.isActive) == [false, true])
    #expect(own.map(\.lastActiveAt) == [tasks.start.addingTimeInterval(9), tasks.start.addingTimeInterval(2)])
    #expect(try await tasks.log.conversations(of: 2, with: "a").map(\.sessionKey) == ["theirs"])
    #expect(try await tasks.log.conversations(of: 1, with: "b").isEmpty)
    func said(_ account: Int64) async throws -> [String] {
      try await tasks.log.tasks(inConversation: "one", of: account, with: "a").map(\.requestID)
    }
    #expect(try await said(1) == ["3", "1"])
    #expect(try await said(2) == [])
    let newest = try await tasks.log.tasks(ofAgent: "a", limit: 2)
    #expect(newest.map(\.requestID) == ["5", "4"])
    let rest = try await tasks.log.tasks(ofAgent: "a", before: try #require(newest.last).number)
    #expect(rest.map(\.requestID) == ["3", "2", "1"])
  }

  @Test func `statistics count by the day in UTC on which a task began`() async throws {
    let midnight = Date(timeIntervalSince1970: 12 * 86_400)
    let times = [-1.0, 0, 86_399, 86_400, 3 * 86_400].map { midnight.timeIntervalSince(tasks.start) + $0 }
    for (index, time) in times.enumerated() { _ = try await tasks.log.create(tasks.new("\(index)", at: time)) }
    _ = try await tasks.log.create(tasks.new("foreign", agent: "b", at: times[1]))
    _ = try await tasks.log.append([
      tasks.entry("1", 1, ending: .completed, at: times[1] + 1),
      tasks.entry("2", 1, ending: .failed(code: "timeout", message: "late"), at: times[2] + 3),
    ])
    let (start, end) = (midnight, midnight.addingTimeInterval(2 * 86_400))
    let statistics = try await tasks.log.statistics(of: "a", since: start, until: end)
    #expect(statistics.total == 3 && statistics.completed == 1 && statistics.failed == 1)
    #expect(statistics.averageDuration == 2_000)
    #expect(statistics.days.map(\.date) == ["1970-01-13", "1970-01-14"])
    #expect(statistics.days.map(\.count) == [2, 1])
    #expect(try await tasks.log.statistics(of: "c", since: start, until: end) == TaskStatistics())
  }

  @Test func `a task that has ended before it began has taken no time`() async throws {
    for (id, end) in [("1", 10.0), ("2", -3_600)] {
      _ = try await tasks.log.create(tasks.new(id))
      _ = try await tasks.log.append([tasks.entry(id, 1, ending: .completed, at: end)])
    }
    let statistics = try await tasks.log.statistics(
      of: "a", since: tasks.start, until: tasks.start.addingTimeInterval(1))
    #expect(statistics.completed == 2 && statistics.averageDuration == 5_000)
  }
}
