import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

/// How much text an agent keeps.
@Suite(.timeLimit(.minutes(5))) struct TaskSurplusTests {
  private let tasks: TaskFolder
  /// Tasks that have all the text that there may be of an agent, if each has all that it may have.
  private let count = TaskLimits.keptBytes / TaskLimits.textBytes

  init() throws {
    tasks = try TaskFolder()
  }

  private func fill(_ request: String, ending: TaskEnding?) async throws {
    _ = try await tasks.log.append([tasks.entry(request, 1, textBytes: TaskLimits.textBytes, ending: ending)])
  }

  private func keepsText(_ request: String) async throws -> Bool { try await !tasks.bodies(request).isEmpty }

  @Test func `for a new task the oldest that has ended loses its text, however new it is`() async throws {
    _ = try await tasks.log.create(tasks.new("other", agent: "b"))
    try await fill("other", ending: .completed)
    for index in 0..<count {
      _ = try await tasks.log.create(tasks.new("\(index)"))
      try await fill("\(index)", ending: index == 0 ? nil : .completed)
    }
    #expect(try await keepsText("1"))
    _ = try await tasks.log.create(tasks.new("new"))
    #expect(try await !keepsText("1"))
    #expect(try await tasks.log.task("1")?.state == .completed)
    for request in ["0", "2", "other"] { #expect(try await keepsText(request), "\(request)") }
  }

  @Test func `when all of it belongs to tasks under way, the agent takes no more until one has ended`() async throws {
    for index in 0..<count {
      _ = try await tasks.log.create(tasks.new("\(index)", key: "\(index)"))
      try await fill("\(index)", ending: nil)
    }
    await #expect {
      _ = try await tasks.log.create(tasks.new("new"))
    } throws: {
      ($0 as? MeshError)?.code == .storageFull
    }
    _ = try await tasks.log.create(tasks.new("other", agent: "b"))
    #expect(try await tasks.log.create(tasks.new("again", key: "0")).task.requestID == "0")
    _ = try await tasks.log.append([tasks.entry("0", nil, textBytes: 0, ending: .completed)])
    _ = try await tasks.log.create(tasks.new("new"))
  }

  @Test func `housekeeping removes what is too much`() async throws {
    for index in 0...count { _ = try await tasks.log.create(tasks.new("\(index)")) }
    for index in 0...count { try await fill("\(index)", ending: .completed) }
    #expect(try await tasks.log.removeExpired(at: tasks.start) == 2)
    #expect(try await tasks.log.removeExpired(at: tasks.start) == 0)
    #expect(try await !keepsText("1"))
    #expect(try await keepsText("2"))
  }
}
