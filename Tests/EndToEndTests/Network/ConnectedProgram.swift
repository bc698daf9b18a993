import Foundation
import TestSupport

/// `agent-mesh connect` at work, and what it says on stderr.
final class ConnectedProgram: Sendable {
  private let process: RunningProcess
  private let errorsFile: String

  /// - Parameters:
  ///   - words: What follows `connect`.
  ///   - project: The folder that it is started in, of that person; made when it is not there.
  init(_ words: [String], of person: Person, in project: String, _ variables: [String: String]) throws {
    errorsFile = person.folder["connect-\(UUID().uuidString)"].string
    process = try RunningProcess(
      ["/bin/sh", "-c", #"exec "$@" 2>"$0""#, errorsFile, Program.agentMesh, "connect"] + words,
      environment: person.environment.merging(variables) { $1 }, folder: person.folder.folder(project).string)
  }

  deinit { process.kill(SIGKILL) }

  var id: Int32 { process.id }

  /// Everything on stderr so far.
  var errors: String {
    String(decoding: FileManager.default.contents(atPath: errorsFile) ?? Data(), as: UTF8.self)
  }

  func untilOnline() async throws {
    let isOnline = try await until("the agent does not get online") { () -> Bool? in
      if errors.contains("online as ") { return true }
      return process.isRunning ? nil : false
    }
    guard isOnline else { throw Registry.Failure("the agent does not get online: \(errors)") }
  }

  /// Waits until it has ended by itself.
  ///
  /// - Returns: What it exited with; -1 for the end by a signal.
  func exitStatus() async throws -> Int32 {
    try await until("the agent stays connected") { process.isRunning ? nil : process.exitStatus ?? -1 }
  }

  /// Ends it and waits for it.
  ///
  /// - Returns: What it exited with; nil when it did not.
  @discardableResult func stop(_ signal: Int32 = SIGINT) async -> Int32? {
    process.kill(signal)
    await process.end()
    return process.exitStatus
  }
}
