import Foundation
import RegistryStore
import SystemPackage
import TestSupport

/// A log of tasks for tests, in a folder of its own.
struct TaskFolder {
  let folder: TemporaryFolder
  let log: TaskLog
  private let database: any SQLDatabase
  let start = Date(timeIntervalSince1970: 1_000_000)

  /// - Parameters:
  ///   - folder: Where a log may be already; nil for a new one.
  ///   - wrap: What stands between the log and its database.
  init(
    _ folder: TemporaryFolder? = nil, wrapping wrap: (any SQLDatabase) -> any SQLDatabase = { $0 }
  ) throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    database = wrap(try SQLiteDatabase(path: folder["tasks.sqlite"].string, migrations: .tasks))
    log = TaskLog(database: database)
  }

  func close() throws { try database.close() }

  func new(
    _ request: String, agent: String = "a", session: String = "s", account: Int64? = 1, kind: TaskKind = .call,
    content: String = "hello", key: String? = nil, quota: TaskQuota? = nil, at seconds: TimeInterval = 0
  ) -> NewTask {
    NewTask(
      requestID: request, callID: "call-\(request)", agent: agent, sessionKey: session, callerAccount: account,
      kind: kind, isAsync: false, content: content, title: "About \(content)", idempotencyKey: key, quota: quota,
      createdAt: start.addingTimeInterval(seconds))
  }

  func entry(
    _ request: String, _ source: Int?, _ body: String = "x", attempt: Int = 1, generation: Int? = nil,
    textBytes: Int = 1, ending: TaskEnding? = nil, accepts: Bool = false, at seconds: TimeInterval = 1
  ) -> TaskAppend {
    TaskAppend(
      requestID: request, attempt: attempt, sourceSequence: source, generation: generation, body: body,
      textBytes: textBytes, ending: ending, accepts: accepts, at: start.addingTimeInterval(seconds))
  }

  func bodies(_ request: String) async throws -> [String] {
    try await log.events(of: request, after: 0).events.map(\.body)
  }

  func change(_ statement: SQL) async throws {
    try await database.write { _ = try $0.execute(statement) }
  }

  func rows(_ query: SQL) async throws -> [SQLRow] {
    try await database.read { try $0.rows(query) }
  }
}
