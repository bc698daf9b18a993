import Foundation
import Testing

/// `strace`, which kills a program at a system call that is chosen by its number.
///
/// It counts by thread. A command that is kept on one processor does all its work on one thread, so that the numbers
/// run through all of it.
enum Tracer {
  /// Whether both kinds of tracing work here.
  static let isAvailable =
    Program.find("strace") != nil && Program.find("taskset") != nil
    && (getuid() == 0 || (try? String(contentsOfFile: "/proc/sys/kernel/yama/ptrace_scope", encoding: .utf8)) == "0\n")

  /// The words in front of a command that is traced on one processor; they end when it does.
  static func tracing(_ arguments: [String], log: String = "/dev/null") throws -> [String] {
    try onOneProcessor() + [try #require(Program.find("strace")), "-f", "-qq", "-o", log] + arguments
  }

  /// The words in front of a command that has all its tasks on one thread.
  static func onOneProcessor() throws -> [String] {
    [try #require(Program.find("taskset")), "-c", "0"]
  }

  /// The words in front of a command that is traced and is the very process that was started.
  static func standingAside(_ arguments: [String], log: String = "/dev/null") throws -> [String] {
    [try #require(Program.find("strace")), "-D", "-f", "-qq", "-o", log] + arguments
  }

  /// Runs a command that dies at its `number`th `call`; false once it makes no such call.
  static func run(
    _ command: [String], dyingAt number: Int, of call: String, environment: [String: String], folder: String
  ) async throws -> Bool {
    let words = try tracing(["-e", "trace=\(call)", "-e", kill(call, number)]) + command
    let outcome = try await Program.run(
      words[0], Array(words.dropFirst()), environment: environment, folder: folder)
    return outcome.signal == SIGKILL || outcome.status == 137
  }

  /// What has the tracer kill at the `number`th `call` of a thread.
  static func kill(_ call: String, _ number: Int) -> String { "inject=\(call):signal=SIGKILL:when=\(number)" }

  /// Traces a program that runs already; its calls from now on are counted.
  ///
  /// - Parameters:
  ///   - arguments: Of `strace`, such as what to trace.
  ///   - log: Gets a line for each call.
  static func attach(to process: Int32, _ arguments: [String], log: String = "/dev/null") async throws
    -> RunningProcess
  {
    let strace = try #require(Program.find("strace"))
    // It says on stderr when it is there.
    let script = "exec \"$0\" \"$@\" 2>&1"
    let tracer = try RunningProcess(
      ["/bin/sh", "-c", script, strace, "-f", "-o", log, "-p", String(process)] + arguments,
      environment: ["PATH": "/usr/bin:/bin"])
    let line = try await tracer.firstLine()
    guard line?.contains("attached") == true else { throw Registry.Failure("strace: \(line ?? "ended")") }
    return tracer
  }
}
