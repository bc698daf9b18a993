import Foundation
import SystemPackage

/// A program to run: nothing on stdin, an environment of its own.
struct Command: Sendable {
  var program: String
  var arguments: [String]
  /// Beside `PATH`, the locale and what the scratch folder sets.
  var environment: [String: String]
  var output = Destination.nowhere
  var errors = Destination.nowhere

  /// Where what a program writes goes.
  enum Destination: Sendable {
    case nowhere
    case file(FilePath)
    /// Where our own goes.
    case inherited

    /// Nil for a descriptor that is left as it is.
    var path: String? {
      switch self {
      case .nowhere: "/dev/null"
      case .file(let path): path.string
      case .inherited: nil
      }
    }
  }

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
