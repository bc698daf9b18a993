import Foundation
import Subprocess
import SystemPackage

/// What a finished program left.
struct Outcome: Sendable {
  var status: Int32
  /// Nil unless a signal ended it.
  var signal: Int32?
  var output: String
  var errors: String

  /// The JSON object on stdout.
  func json() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
  }
}

/// Our two programs, and any other, as a person runs them.
enum Program {
  /// Where the package manager put what it built.
  static let folder: String = {
    for bundle in [Bundle.main.bundleURL] + Bundle.allBundles.map(\.bundleURL) {
      var place = bundle
      for _ in 0..<4 {
        if FileManager.default.isExecutableFile(atPath: place.appendingPathComponent("agent-mesh").path) {
          return place.path
        }
        place.deleteLastPathComponent()
      }
    }
    return "agent-mesh was not built"
  }()

  static var agentMesh: String { folder + "/agent-mesh" }
  static var registry: String { folder + "/agent-mesh-registry" }

  static func run(
    _ program: String, _ arguments: [String], environment: [String: String], folder: String, input: String = ""
  ) async throws -> Outcome {
    let record = try await Subprocess.run(
      .path(FilePath(program)), arguments: Arguments(arguments),
      environment: .custom(environment.reduce(into: [:]) { $0[.init(stringLiteral: $1.key)] = $1.value }),
      workingDirectory: FilePath(folder), input: .string(input), output: .string(limit: 16 << 20),
      error: .string(limit: 16 << 20))
    var outcome = Outcome(
      status: -1, signal: nil, output: record.standardOutput, errors: record.standardError)
    switch record.terminationStatus {
    case .exited(let code): outcome.status = code
    case .signaled(let number): outcome.signal = number
    }
    return outcome
  }

  /// The path of a program of the system; nil when it is not installed.
  static func find(_ name: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
