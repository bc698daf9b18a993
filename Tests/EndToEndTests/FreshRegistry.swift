import Foundation
import TestSupport

/// A registry that nobody has an account in yet, and what it writes to stderr.
final class FreshRegistry: Sendable {
  let registry: Registry
  private let folder: TemporaryFolder
  private let errorsFile: String

  var url: String { registry.url }

  /// - Parameters:
  ///   - folder: Where the data is, of an earlier one when there is some.
  ///   - options: Of `serve`, beside data and address.
  static func start(in folder: TemporaryFolder? = nil, _ options: [String] = []) async throws -> FreshRegistry {
    let folder = try folder ?? TemporaryFolder()
    let errors = folder["errors-\(UUID().uuidString)"].string
    let registry = try await Registry.start(
      data: folder["registry-data"].string, options: options,
      wrapper: ["/bin/sh", "-c", #"exec "$@" 2>"$0""#, errors])
    return FreshRegistry(registry, folder, errors)
  }

  private init(_ registry: Registry, _ folder: TemporaryFolder, _ errorsFile: String) {
    (self.registry, self.folder, self.errorsFile) = (registry, folder, errorsFile)
  }

  /// Everything on stderr so far.
  var errors: String {
    get throws { try String(contentsOfFile: errorsFile, encoding: .utf8) }
  }

  /// Ends it, and starts one on the same data.
  func restarted(_ options: [String] = [], after signal: Int32 = SIGTERM) async throws -> FreshRegistry {
    await registry.stop(signal)
    return try await Self.start(in: folder, options)
  }

  /// The link that makes the first account.
  func firstLink() async throws -> String {
    try await until("no link on stderr") {
      try errors.firstMatch(of: /http:\S+\/link\/[0-9A-Za-z]{43}/).map { String($0.output) }
    }
  }

  func administer(_ arguments: [String]) async throws -> Outcome {
    try await Program.run(
      Program.registry, arguments + ["--data", registry.data], environment: ["PATH": "/usr/bin:/bin"],
      folder: folder.path.string)
  }

  /// A browser whose owner has the first account.
  func operatorBrowser(_ handle: String = "ada") async throws -> FormBrowser {
    let browser = try FormBrowser(at: url)
    try await browser.signUp(handle, by: firstLink())
    return browser
  }

  /// Changes the database as time would, which no test has enough of.
  func age(_ statement: String) async throws {
    let script = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1], timeout=20) as database: database.execute(sys.argv[2])
      """
    let outcome = try await Program.run(
      Program.find("python3") ?? "python3", ["-c", script, registry.data + "/registry.sqlite", statement],
      environment: ["PATH": "/usr/bin:/bin"], folder: folder.path.string)
    guard outcome.status == 0 else { throw Registry.Failure(outcome.errors) }
  }
}

/// Waits at most a minute until there is something.
func until<Value>(_ failure: String, _ value: () throws -> Value?) async throws -> Value {
  let deadline = ContinuousClock.now + .seconds(60)
  while ContinuousClock.now < deadline {
    if let value = try value() { return value }
    try await Task.sleep(for: .milliseconds(5))
  }
  throw Registry.Failure(failure)
}
