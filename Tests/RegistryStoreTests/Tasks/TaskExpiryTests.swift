import Foundation
import RegistryStore
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TaskExpiryTests {
  private let tasks: TaskFolder
  private let kept = TaskLimits.keptTasks

  init() throws {
    tasks = try TaskFolder()
  }

  private func enter(_ count: Int, _ agent: String, isEnded: Bool = true) async throws {
    for index in 0..<count {
      let request = "\(agent)\(index)"
      _ = try await tasks.log.create(tasks.new(request, agent: agent))
      let ending: TaskEnding? = isEnded ? .completed : nil
      _ = try await tasks.log.append([tasks.entry(request, 1), tasks.entry(request, 2, ending: ending, at: 0)])
    }
  }

  @Test func `text is kept for a day, and of the newest for as long as the task is known`() async throws {
    try await enter(kept + 2, "a")
    try await enter(3, "b")
    let day = tasks.start.addingTimeInterval(TaskLimits.textLifetime)
    #expect(try await tasks.log.removeExpired(at: day.addingTimeInterval(-1)) == 0)
    #expect(try await tasks.log.removeExpired(at: day) == 2)
    #expect(try await tasks.log.removeExpired(at: day) == 0)
    for request in ["a0", "a1"] {
      let page = try await tasks.log.events(of: request, after: 0)
      #expect(page.events.isEmpty && page.firstAvailable == 3 && page.lastSequence == 2 && page.isEnded)
      let task = try #require(try await tasks.log.task(request))
      #expect(task.content == "" && task.state == .completed)
    }
    for request in ["a2", "b0"] { #expect(try await tasks.log.events(of: request, after: 0).events.count == 2) }
    #expect(try await tasks.log.statistics(of: "a", since: tasks.start, until: day).total == kept + 2)
    let end = tasks.start.addingTimeInterval(TaskLimits.recordLifetime)
    #expect(try await tasks.log.removeExpired(at: end) == kept + 5)
    for table in ["tasks", "task_contents", "task_events"] {
      #expect(try await tasks.rows(SQL(stringLiteral: "SELECT * FROM \(table)")).isEmpty)
    }
  }

  @Test func `a task that has not ended stays whole`() async throws {
    try await enter(kept + 2, "a", isEnded: false)
    #expect(try await tasks.log.removeExpired(at: .distantFuture) == 0)
    #expect(try await tasks.log.events(of: "a0", after: 0).events.count == 2)
  }

  @Test func `a long text goes in several commits, of which each leaves a true page`() async throws {
    let log = Log<String>()
    let tasks = try TaskFolder { database in WatchedDatabase(database: database) { log.add($0.text) } }
    _ = try await tasks.log.create(tasks.new("r"))
    for start in stride(from: 1, to: 4_001, by: 1_000) {
      _ = try await tasks.log.append((start..<start + 1_000).map { tasks.entry("r", $0) })
    }
    _ = try await tasks.log.append([tasks.entry("r", 4_001, ending: .completed)])
    #expect(try await tasks.log.removeExpired(at: tasks.start.addingTimeInterval(TaskLimits.recordLifetime + 1)) == 1)
    #expect(log.values.count { $0.hasPrefix("DELETE FROM task_events") } == 3)
    #expect(try await tasks.log.task("r") == nil)
  }
}
