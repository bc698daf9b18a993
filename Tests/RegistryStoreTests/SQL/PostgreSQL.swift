import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// A database of PostgreSQL in a folder of its own.
///
/// Each script has the program for itself and ends it (PostgreSQL documentation, `app-postgres.html`, single-user mode):
/// there is no server to wait for, and none to leave behind.
struct PostgreSQL {
  /// What a script wrote: values of rows in quotes, and an entry for each error with its statement.
  struct Outcome {
    var output: String
    var errors: [String]
  }

  private static let programs = "/usr/lib/postgresql/15/bin"

  static let isInstalled = ["initdb", "postgres"].allSatisfy {
    FileManager.default.isExecutableFile(atPath: "\(programs)/\($0)")
  }

  /// It refuses to run as root.
  private static let asItsUser = """
    run() {
      if [ "$(id -u)" = 0 ]; then
        timeout 300 setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
      else
        timeout 300 "$@"
      fi
    }
    if [ "$(id -u)" = 0 ]; then chown postgres "$2"; fi

    """

  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    _ = try await shell(#"run "$1/initdb" -D "$2" --no-sync --auth=trust --encoding=UTF8 --locale=C >&2"#, input: "")
  }

  /// Runs statements, each by itself, also behind one that fails.
  func run(_ statements: [String]) async throws -> Outcome {
    // A line that is empty ends a statement, and only that.
    let script = statements.map { $0 + ";\n\n" }.joined()
    let (output, errors) = try await shell(
      #"run "$1/postgres" --single -j -F -D "$2" -c log_checkpoints=off -c log_line_prefix= postgres"#, input: script)
    let entries = errors.components(separatedBy: "ERROR:  ").dropFirst()
    return Outcome(output: output, errors: Array(entries))
  }

  private func shell(_ command: String, input: String) async throws -> (output: String, errors: String) {
    let data = try folder.folder("data").string
    let record = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", Self.asItsUser + command, "sh", Self.programs, data],
      environment: .custom(["PATH": "/usr/bin:/bin"]), workingDirectory: folder.path, input: .string(input),
      output: .string(limit: 4 << 20), error: .string(limit: 4 << 20))
    guard record.terminationStatus.isSuccess else { throw Failure(description: record.standardError) }
    return (record.standardOutput, record.standardError)
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }
}
