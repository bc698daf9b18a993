import Foundation
import SystemPackage

/// A program to run: nothing on stdin, an environment of its own.
struct Command: Sendable {
  var program: String
  var arguments: [String]
  /// Beside `PATH`, the locale and what the scratch folder sets.
  var environment: [String: String]
  /// Where stdout goes; nowhere when nil.
  var output: FilePath?
  /// Where stderr goes; nowhere when nil.
  var errors: FilePath?

  init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
  }

  /// A line for the shell, with `values` as `$1`, `$2` and so on.
  static func shell(_ tools: Tools, _ line: String, _ values: [String]) -> Command {
    Command(tools.shell, ["-c", line, "sh"] + values)
  }

  /// The whole environment, `NAME=value` each: no proxy and no setting of a person is inherited.
  var variables: [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let all = ["PATH": path, "LC_ALL": "C"].merging(environment) { _, own in own }
    return all.map { "\($0.key)=\($0.value)" }.sorted()
  }
}
