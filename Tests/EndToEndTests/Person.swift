import Foundation
import TestSupport

/// Somebody with a home and a folder for programs of their own, and no registry.
struct Person {
  let folder: TemporaryFolder
  let environment: [String: String]

  init(_ variables: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    let place = folder.path.string
    for name in ["home", "bin"] {
      try FileManager.default.createDirectory(atPath: "\(place)/\(name)", withIntermediateDirectories: true)
    }
    environment = ["PATH": "\(place)/bin:/usr/bin:/bin", "HOME": "\(place)/home"].merging(variables) { $1 }
  }

  func agentMesh(_ arguments: [String], input: String = "") async throws -> Outcome {
    try await Program.run(
      Program.agentMesh, arguments, environment: environment, folder: folder.path.string, input: input)
  }

  func atTerminal(
    _ arguments: [String], typing: (Terminal) async throws -> Void = { _ in }
  ) async throws -> Terminal.Ending {
    try await Terminal.run(arguments, environment: environment, folder: folder.path.string, typing: typing)
  }

  var settingsFile: String { folder.path.string + "/home/.agent-mesh/config.json" }

  /// What is in the settings; nil when there are none.
  func settings() throws -> [String: Any]? {
    guard let data = FileManager.default.contents(atPath: settingsFile) else { return nil }
    return try JSONSerialization.jsonObject(with: data) as? [String: Any]
  }
}
