import Foundation
import RegistryStore
import TestSupport
import Testing

/// What the log owes to those who have named an address.
@Suite struct TaskCallbackTests {
  private let url = "https://hooks.example.org/a"

  @Test func `the end of a task is owed until it is kept elsewhere, also by a log that was opened again`() async throws
  {
    let tasks = try TaskFolder()
    for id in ["1", "2", "3"] {
      var new = tasks.new(id)
      new.callbackURL = id == "3" ? nil : url
      _ = try await tasks.log.create(new)
    }
    #expect(try await tasks.log.owedCallbacks(limit: 10).isEmpty)
    for (id, second) in [("2", 5.0), ("3", 6), ("1", 7)] {
      _ = try await tasks.log.append([tasks.entry(id, 1, ending: .completed, at: second)])
    }
    #expect(try await tasks.log.owedCallbacks(limit: 10) == ["2", "1"])
    #expect(try await tasks.log.owedCallbacks(limit: 1) == ["2"])
    try await tasks.log.settleCallbacks(of: ["2"])
    try tasks.close()
    let later = try TaskFolder(tasks.folder)
    #expect(try await later.log.owedCallbacks(limit: 10) == ["1"])
    #expect(try await later.log.task("2")?.callbackURL == nil)
  }

  @Test func `a task that goes on keeps its address`() async throws {
    let tasks = try TaskFolder()
    var new = tasks.new("1")
    new.callbackURL = url
    _ = try await tasks.log.create(new)
    try await tasks.log.settleCallbacks(of: ["1"])
    #expect(try await tasks.log.task("1")?.callbackURL == url)
  }
}
