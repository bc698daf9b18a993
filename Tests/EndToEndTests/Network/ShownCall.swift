import Foundation
import TestSupport

/// `agent-mesh call --stream` at work, and what it has shown so far.
final class ShownCall: Sendable {
  private let process: RunningProcess
  private let outputFile: String

  init(of agent: String, to prompt: String, by person: Person) throws {
    outputFile = person.folder["call-\(UUID().uuidString)"].string
    process = try RunningProcess(
      ["/bin/sh", "-c", #"exec "$@" >"$0""#, outputFile, Program.agentMesh, "call", agent, "--task", prompt]
        + ["--stream"],
      environment: person.environment, folder: person.folder.path.string)
  }

  deinit { process.kill(SIGKILL) }

  var output: String {
    String(decoding: FileManager.default.contents(atPath: outputFile) ?? Data(), as: UTF8.self)
  }

  /// Waits until it has ended by itself.
  ///
  /// - Returns: What it exited with; -1 for the end by a signal.
  func exitStatus() async throws -> Int32 {
    try await until("the call goes on") { process.isRunning ? nil : process.exitStatus ?? -1 }
  }
}
