import Foundation
import TestSupport

/// A folder in which somebody makes skills, with a home and no registry.
struct AuthorFolder {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.folder("home")
  }

  static func text(_ name: String, _ more: String = "") -> String {
    "---\nname: \(name)\ndescription: Does what \(name) does.\n\(more)---\n\n# \(name)\n"
  }

  /// Runs `agent-mesh` in a folder below.
  func agentMesh(
    _ arguments: [String], in place: String = ".", variables: [String: String] = [:]
  ) async throws -> Outcome {
    let environment = ["PATH": "/usr/bin:/bin", "HOME": folder["home"].string].merging(variables) { $1 }
    return try await Program.run(
      Program.agentMesh, arguments, environment: environment, folder: folder[place].string)
  }

  /// The findings of `skills validate` for one path.
  func findings(_ arguments: [String], in place: String = ".") async throws -> [Complaint] {
    let answer = try await agentMesh(["skills", "validate", "--json"] + arguments, in: place).json()
    let skills = answer["skills"] as? [[String: Any]] ?? []
    return skills.flatMap { ($0["findings"] as? [[String: Any]] ?? []).map(Complaint.init) }
  }

  /// What a test looks at in a finding.
  struct Complaint: Hashable {
    var rule: String
    var severity: String
    var file: String
    var message: String
    var remedy: String

    init(_ finding: [String: Any]) {
      func text(_ key: String) -> String { finding[key] as? String ?? "" }
      (rule, severity, file) = (text("rule"), text("severity"), text("file"))
      (message, remedy) = (text("message"), text("remedy"))
    }
  }
}
