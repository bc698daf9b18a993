import Foundation
import TestSupport

/// A network of its own, in which every address leads to its one machine, for a process that runs a suite.
///
/// The whole process is in it: a thread that entered it alone would hand it on to every thread that is begun there.
enum PrivateNetwork {
  private static let variable = "AGENT_MESH_TESTS_IN_PRIVATE_NETWORK"

  /// Whether this process runs in it.
  static let isEntered = ProcessInfo.processInfo.environment[variable] != nil

  /// Runs the tests of `suite` in it, for four minutes at most.
  ///
  /// - Returns: The status and all that the run printed; nil unless we are the superuser of Linux and have `ip`.
  static func run(_ suite: String) async throws -> (status: Int32, output: String)? {
    let setUp = """
      ip link set lo up && ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo || exit 1
      """
    guard try await run(setUp, []).status == 0 else { return nil }
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return try await run(
      "\(setUp)\nexec \"$0\" --testing-library swift-testing --filter \"$1\"", [program, suite])
  }

  private static func run(_ script: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
    let folders = ["/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"]
    guard let unshare = folders.map({ $0 + "unshare" }).first(where: FileManager.default.isExecutableFile) else {
      return (127, "")
    }
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(filePath: unshare)
    process.arguments = ["--net", "timeout", "240", "sh", "-c", script] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      variable: "1", "PATH": folders.map { String($0.dropLast()) }.joined(separator: ":"),
    ]) { $1 }
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    return try await onThread {
      let text = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
  }
}
