import RegistryStore
import TestSupport
import Testing

/// What becomes of an event, by what is in the log already.
@Suite(.timeLimit(.minutes(5))) struct TaskAppendTests {
  private let tasks: TaskFolder

  init() async throws {
    tasks = try TaskFolder()
    _ = try await tasks.log.create(tasks.new("r"))
  }

  @Test func `numbers begin at one and have no gaps, whoever says something`() async throws {
    let entries = [
      tasks.entry("r", nil, "note"), tasks.entry("r", 1, "one", accepts: true), tasks.entry("r", nil, "note"),
      tasks.entry("r", 2, "two"), tasks.entry("r", 3, "end", ending: .completed),
    ]
    let events = try await tasks.log.append(entries)
    #expect(events.map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(events.map(\.isEnding) == [false, false, false, false, true])
    #expect(try await tasks.log.events(of: "r", after: 0).events == events)
    let task = try #require(try await tasks.log.task("r"))
    #expect(task.state == .completed && task.isAccepted && task.committedSource == 3 && task.lastSequence == 5)
  }

  @Test func `repeats are dropped, a gap is refused alone, and what follows on is taken`() async throws {
    let outcomes = try await tasks.log.record([
      tasks.entry("r", 1), tasks.entry("r", 1), tasks.entry("r", 3), tasks.entry("nobody", 1), tasks.entry("r", 2),
    ])
    #expect(outcomes.map { $0.event?.sequence } == [1, nil, nil, nil, 2])
    #expect(outcomes[1] == .repeated)
    #expect(outcomes[2] == .refused(.gap(expected: 2)))
    #expect(outcomes[3] == .refused(.unknownTask))
  }

  @Test(arguments: [TaskEnding.completed, .failed(code: "timeout", message: "it took too long")])
  func `nothing comes after the end, and a repeat of the end is known as one`(ending: TaskEnding) async throws {
    _ = try await tasks.log.append([tasks.entry("r", 1, ending: ending)])
    let outcomes = try await tasks.log.record([
      tasks.entry("r", 1, ending: .completed), tasks.entry("r", 2), tasks.entry("r", nil, ending: .completed),
    ])
    #expect(outcomes == [.repeated, .ended, .ended])
    let task = try #require(try await tasks.log.task("r"))
    #expect(task.state == (ending == .completed ? .completed : .failed))
    #expect(task.errorCode == (ending == .completed ? nil : "timeout"))
    #expect(try await !tasks.log.markCancelled("r"))
  }

  @Test func `a failure is kept without the zeros in its words`() async throws {
    _ = try await tasks.log.append([tasks.entry("r", 1, ending: .failed(code: "a\0b", message: "c\0d"))])
    let task = try #require(try await tasks.log.task("r"))
    #expect(task.errorCode == "a\u{FFFD}b" && task.errorMessage == "c\u{FFFD}d")
  }

  @Test func `of ends that come at one moment one counts`() async throws {
    let (tasks, ends) = (tasks, Log<TaskEvent>())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<50 {
        group.addTask {
          let ending: TaskEnding = index.isMultiple(of: 2) ? .completed : .failed(code: "timeout", message: "late")
          let entry = tasks.entry("r", index.isMultiple(of: 2) ? 1 : nil, "\(index)", ending: ending)
          for event in try await tasks.log.append([entry]) { ends.add(event) }
        }
      }
      try await group.waitForAll()
    }
    #expect(ends.values.count == 1)
    #expect(try await tasks.log.events(of: "r", after: 0).events == ends.values)
  }

  @Test func `an older connection writes to no task of its agent once a newer one has written`() async throws {
    for request in ["other", "foreign"] {
      _ = try await tasks.log.create(tasks.new(request, agent: request == "foreign" ? "b" : "a"))
    }
    let outcomes = try await tasks.log.record([
      tasks.entry("r", 1, generation: 4), tasks.entry("r", 2, generation: 5), tasks.entry("other", 1, generation: 4),
      tasks.entry("r", 3, generation: 4), tasks.entry("foreign", 1, generation: 1), tasks.entry("other", nil),
      tasks.entry("r", 3, generation: 5),
    ])
    #expect(outcomes.map { $0.event != nil } == [true, true, false, false, true, true, true])
    #expect([outcomes[2], outcomes[3]] == [.refused(.oldGeneration), .refused(.oldGeneration)])
  }

  @Test func `a newer attempt begins at one, and an older one is over`() async throws {
    let outcomes = try await tasks.log.record([
      tasks.entry("r", 1, accepts: true), tasks.entry("r", 2), tasks.entry("r", 2, attempt: 2),
      tasks.entry("r", 1, attempt: 2), tasks.entry("r", 3), tasks.entry("r", 2, attempt: 2),
    ])
    #expect(outcomes.map { $0.event?.sequence } == [1, 2, nil, 3, nil, 4])
    #expect(outcomes[2] == .refused(.gap(expected: 1)))
    #expect(outcomes[4] == .refused(.oldAttempt))
    let task = try #require(try await tasks.log.task("r"))
    #expect(task.attempt == 2 && task.committedSource == 2 && !task.isAccepted)
  }

  @Test func `a task with too much text fails, and says so`() async throws {
    let half = TaskLimits.textBytes / 2
    let events = try await tasks.log.append([
      tasks.entry("r", 1, textBytes: half), tasks.entry("r", 2, textBytes: half), tasks.entry("r", 3, textBytes: 1),
      tasks.entry("r", 4, textBytes: 0),
    ])
    #expect(events.map(\.isEnding) == [false, false, true])
    #expect(events.last?.body.contains(#""code":"payload_too_large""#) == true)
    let task = try #require(try await tasks.log.task("r"))
    #expect(task.state == .failed && task.errorCode == "payload_too_large" && task.committedSource == 3)
  }

  @Test func `a task with too many events fails, however small they are, and there is always room for its end`()
    async throws
  {
    _ = try await tasks.log.create(tasks.new("s"))
    try await tasks.change("UPDATE tasks SET last_sequence = \(TaskLimits.events - 1)")
    let events = try await tasks.log.append([
      tasks.entry("r", 1, textBytes: 0), tasks.entry("r", 2, textBytes: 0), tasks.entry("r", 3, textBytes: 0),
      tasks.entry("s", 1, textBytes: 0), tasks.entry("s", 2, ending: .completed),
    ])
    #expect(events.map(\.requestID) == ["r", "r", "s", "s"])
    #expect(events.map(\.isEnding) == [false, true, false, true])
    #expect(try await tasks.log.task("r")?.errorCode == "payload_too_large")
    #expect(try await tasks.log.task("s")?.state == .completed)
  }

  @Test func `a hundred tasks at once each have their own events in their order, and all of them after a restart`()
    async throws
  {
    let tasks = tasks
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<100 {
        group.addTask {
          _ = try await tasks.log.create(tasks.new("\(task)", agent: "\(task % 7)"))
          for source in 1...10 { _ = try await tasks.log.append([tasks.entry("\(task)", source, "\(task).\(source)")]) }
        }
      }
      try await group.waitForAll()
    }
    try tasks.close()
    let reopened = try TaskFolder(tasks.folder)
    for task in 0..<100 {
      #expect(try await reopened.bodies("\(task)") == (1...10).map { "\(task).\($0)" })
      let event = try await reopened.log.append([reopened.entry("\(task)", 11, ending: .completed)])
      #expect(event.map(\.sequence) == [11])
    }
    #expect(try await reopened.log.openAgents() == ["a"])
    try reopened.close()
  }
}
