import Foundation
import TestSupport
import Testing

/// The server killed at every call that changes the disk while somebody comes in.
@Suite(.enabled(if: Tracer.isAvailable), .serialized) struct AccountKillSweepTests {
  @Test(arguments: AccountRegistry.Step.allCases, ["pwrite64", "fdatasync", "writev"])
  func `a server killed at any such call has done what was asked for, or not begun it`(
    step: AccountRegistry.Step, call: String
  ) async throws {
    let folder = try TemporaryFolder()
    let registry = try await AccountRegistry(data: folder.path.string + "/data")
    var (number, survived) = (0, false)
    while !survived {
      number += 1
      try #require(number < 200, "no end of \(call)")
      let copy = folder.path.string + "/copy-\(number)"
      try FileManager.default.copyItem(atPath: registry.data, toPath: copy)
      let server = try await Registry.start(data: copy)
      let tracer = try await Tracer.attach(
        to: server.id, ["-e", "trace=\(call)", "-e", Tracer.kill(call, number)])
      let status = try await send(registry.request(step, to: server.url), folder)
      let isAcknowledged = ["200", "303"].contains(status)
      survived = status != "000"
      await server.stop(SIGKILL)
      await tracer.end()
      let state = try await registry.state(of: step, in: copy)
      #expect(state == .done || state == .notBegun && !isAcknowledged, "\(call) \(number): \(state)")
      #expect(isAcknowledged || !survived, "\(call) \(number): \(status)")
      try FileManager.default.removeItem(atPath: copy)
    }
    let least = ["pwrite64": 3, "fdatasync": 1]
    #expect(number > least[call] ?? 0)
  }

  /// - Returns: The status of the answer, `000` where there was none.
  private func send(_ request: [String], _ folder: TemporaryFolder) async throws -> String {
    let outcome = try await Program.run(
      Program.find("curl") ?? "curl",
      ["-sS", "--max-time", "60", "-o", "/dev/null", "-w", "%{http_code}"] + request,
      environment: ["PATH": "/usr/bin:/bin"], folder: folder.path.string)
    return outcome.output
  }
}
