import Foundation
import RegistryStore
import SystemPackage
import TestSupport
import Testing

/// What is left of a log whose process dies, or that somebody has changed.
@Suite(.timeLimit(.minutes(5))) struct TaskDurabilityTests {
  @Test func `a process that dies at any statement leaves what was acknowledged, and nothing half`() async throws {
    let disk = DiskCopies(of: "tasks.sqlite")
    let folder = try TemporaryFolder()
    let copies = try TemporaryFolder()
    let tasks = try TaskFolder(folder) { database in WatchedDatabase(database: database) { _ in try disk.copy() } }
    _ = try await tasks.log.create(tasks.new("r"))
    for source in 1...3 {
      disk.begin(of: folder.path, into: copies)
      _ = try await tasks.log.append([
        tasks.entry("r", source, "\(source)", ending: source == 3 ? .completed : nil, accepts: source == 1)
      ])
      let left = disk.end()
      #expect(left.count > 1)
      for copy in left {
        let folder = try TemporaryFolder()
        for name in ["tasks.sqlite", "tasks.sqlite-wal"] {
          try FileManager.default.copyItem(atPath: copy.appending(name).string, toPath: folder[name].string)
        }
        let reopened = try TaskFolder(folder)
        #expect(try await reopened.bodies("r") == (1..<source).map(String.init), "\(copy)")
        #expect(try await reopened.log.task("r")?.committedSource == source - 1)
        #expect(try await reopened.log.task("r")?.state == (source == 1 ? .pending : .running))
        try reopened.close()
      }
      for copy in left { try FileManager.default.removeItem(atPath: copy.string) }
    }
  }

  @Test(arguments: [
    "DELETE FROM task_events WHERE sequence = 2", "DELETE FROM task_events WHERE sequence = 3",
    "DELETE FROM task_events", "UPDATE task_events SET is_ending = 1", "UPDATE tasks SET ended_at = NULL",
    "UPDATE tasks SET last_sequence = 4",
  ])
  func `check finds a task whose events are not those that it counts`(statement: String) async throws {
    let people = try People()
    let (log, tasks) = (people.store.tasks, try TaskFolder())
    _ = try await log.create(tasks.new("r"))
    _ = try await log.append([
      tasks.entry("r", 1), tasks.entry("r", 2), tasks.entry("r", 3, ending: .completed),
    ])
    #expect(await people.store.check().faults == [])
    let database = try SQLiteDatabase(path: people.data.appending("tasks.sqlite").string, migrations: .tasks)
    _ = try await database.write { try $0.execute(SQL(stringLiteral: statement)) }
    try database.close()
    #expect(await people.store.check().faults == ["task r: its events are not those that it counts"])
  }
}
