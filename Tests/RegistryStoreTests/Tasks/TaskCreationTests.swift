import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct TaskCreationTests {
  private let tasks: TaskFolder

  init() throws {
    tasks = try TaskFolder()
  }

  private func code(_ new: NewTask) async -> ErrorCode? {
    do {
      _ = try await tasks.log.create(new)
      return nil
    } catch {
      return (error as? MeshError)?.code
    }
  }

  @Test func `what was entered is what is read, by either id`() async throws {
    var new = tasks.new("r", kind: .chat, content: "hello\n\u{1F30D} wörld")
    (new.details, new.callbackURL, new.hops, new.callerAgent) = ("{}", "https://example.org/", 3, "b")
    guard case .created(let task) = try await tasks.log.create(new) else { throw Unexpected() }
    for read in [try await tasks.log.task("r"), try await tasks.log.task(callID: "call-r")] {
      let read = try #require(read)
      #expect(read.number == task.number && read.requestID == "r" && read.agent == "a" && read.sessionKey == "s")
      #expect(read.content == new.content && read.details == "{}" && read.hops == 3 && read.callerAgent == "b")
      #expect(read.kind == .chat && read.state == .pending && read.createdAt == tasks.start && read.attempt == 1)
    }
    #expect(try await tasks.log.task("call-r") == nil)
    #expect(try await tasks.log.open(of: "a").map(\.requestID) == ["r"])
    #expect(try await tasks.log.markCancelled("r"))
    #expect(try await tasks.log.task("r")?.isCancelled == true)
  }

  @Test func `a key is one task of its caller, and none for another request`() async throws {
    let first = try await tasks.log.create(tasks.new("1", key: "k")).task
    var again = tasks.new("2", session: "other", key: "k")
    guard case .existing(let existing) = try await tasks.log.create(again) else { throw Unexpected() }
    #expect(existing.number == first.number && existing.requestID == "1")
    again.content = "another"
    #expect(await code(again) == .conflict)
    guard case .created = try await tasks.log.create(tasks.new("3", account: 2, key: "k")) else { throw Unexpected() }
    #expect(await code(tasks.new("4", account: nil, key: "k")) == .invalidRequest)
  }

  @Test func `of many that enter one key at a moment one does`() async throws {
    let (tasks, numbers) = (tasks, Log<Int64>())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<40 {
        group.addTask { numbers.add(try await tasks.log.create(tasks.new("\(index)", key: "k")).task.number) }
      }
      try await group.waitForAll()
    }
    #expect(Set(numbers.values).count == 1)
  }

  @Test func `an id in use is refused`() async throws {
    _ = try await tasks.log.create(tasks.new("r"))
    #expect(await code(tasks.new("r", account: 2)) == .conflict)
    var other = tasks.new("other")
    other.callID = "call-r"
    #expect(await code(other) == .conflict)
  }

  @Test func `what is empty or too large is refused`() async throws {
    #expect(await code(tasks.new("")) == .validationError)
    #expect(await code(tasks.new("r", key: "")) == .validationError)
    #expect(await code(tasks.new("r", content: "a\u{0}b")) == .validationError)
    #expect(await code(tasks.new(String(repeating: "r", count: 256))) == .payloadTooLarge)
    #expect(await code(tasks.new("r", key: String(repeating: "k", count: 256))) == .payloadTooLarge)
    let long = String(repeating: "c", count: TaskLimits.contentBytes + 1)
    var new = tasks.new("r", content: long)
    new.title = nil
    #expect(await code(new) == .payloadTooLarge)
    new.content = String(long.dropLast())
    #expect(await code(new) == nil)
  }

  @Test func `quotas hold to the last request, also for many at one moment, and end with their time`() async throws {
    let (tasks, quota) = (tasks, TaskQuota(callsPerHour: 5, callsPerAccountPerDay: 3))
    let codes = await withTaskGroup(of: ErrorCode?.self) { group in
      for index in 0..<20 { group.addTask { await code(tasks.new("\(index)", quota: quota)) } }
      return await group.reduce(into: [ErrorCode?]()) { $0.append($1) }
    }
    #expect(codes.count { $0 == nil } == 3)
    #expect(codes.count { $0 == .tooManyRequests } == 17)
    #expect(await code(tasks.new("b", account: 2, quota: quota)) == nil)
    #expect(await code(tasks.new("c", account: nil, quota: quota)) == nil)
    #expect(await code(tasks.new("d", account: 3, quota: quota)) == .tooManyRequests)
    #expect(await code(tasks.new("e", account: 3, quota: quota, at: 3_600)) == nil)
    #expect(await code(tasks.new("f", account: 1, quota: quota, at: 86_399)) == .tooManyRequests)
    #expect(await code(tasks.new("g", account: 1, quota: quota, at: 86_400)) == nil)
    #expect(try await tasks.log.tasks(ofAgent: "a").count == 7)
  }

  private struct Unexpected: Error {}
}
