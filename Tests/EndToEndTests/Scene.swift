import Foundation
import TestSupport

/// A registry with authors, a home for each person, and projects: all in one scratch folder.
final class Scene: Sendable {
  let folder: TemporaryFolder
  var place: String { folder.path.string }
  let registry: Registry

  private init(folder: TemporaryFolder, registry: Registry) {
    self.folder = folder
    self.registry = registry
  }

  /// - Parameter settings: Keys of the registry's configuration in capitals, and their values.
  static func open(authors: [String] = ["acme"], settings: [String: String] = [:]) async throws -> Scene {
    let folder = try TemporaryFolder()
    let variables = settings.map { "AGENT_MESH_REGISTRY_\($0)=\($1)" }
    let registry = try await Registry.start(
      data: folder.path.string + "/registry-data", wrapper: variables.isEmpty ? [] : ["/usr/bin/env"] + variables)
    let scene = Scene(folder: folder, registry: registry)
    for author in authors { try await scene.admit(author) }
    return scene
  }

  /// Makes an author and logs their home in.
  func admit(_ author: String) async throws {
    let created = try await administer(["author", "create", author])
    guard created.status == 0 else { throw Registry.Failure("no author: \(created.errors)") }
    let login = try await agentMesh(
      ["login", "--registry", registry.url, "--token-stdin"], as: author, input: try await token(for: author))
    guard login.status == 0 else { throw Registry.Failure("no login: \(login.errors)") }
  }

  func token(for author: String) async throws -> String {
    try await administer(["token", "create", "--author", author]).output
  }

  func administer(_ arguments: [String], input: String = "") async throws -> Outcome {
    try await Program.run(
      Program.registry, arguments + ["--data", registry.data], environment: ["PATH": "/usr/bin:/bin"],
      folder: place, input: input)
  }

  /// Runs `agent-mesh` in the scratch folder as somebody with a home of their own.
  func agentMesh(_ arguments: [String], as person: String = "acme", input: String = "") async throws -> Outcome {
    try await Program.run(
      Program.agentMesh, arguments, environment: environment(of: person), folder: place, input: input)
  }

  func environment(of person: String) -> [String: String] {
    let home = place + "/home-" + person
    try? FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    return ["PATH": "/usr/bin:/bin", "HOME": home, "AGENT_MESH_REGISTRY": registry.url]
  }

  /// Writes a skill and returns its folder's name.
  @discardableResult
  func skill(
    _ name: String, version: String = "1.0.0", needs: String = "", files: [String: String] = [:]
  ) throws -> String {
    let dependencies = needs.isEmpty ? "" : "  dependencies: \(needs)\n"
    let text =
      "---\nname: \(name)\ndescription: Does what \(name) does.\nmetadata:\n  version: \(version)\n\(dependencies)---\n\n"
      + "# \(name)\n"
    try write(text, to: "\(name)/SKILL.md")
    for (path, content) in files { try write(content, to: "\(name)/\(path)") }
    return name
  }

  func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: place + "/" + path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ path: String) throws -> String {
    try String(contentsOfFile: place + "/" + path, encoding: .utf8)
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: place + "/" + path) }

  /// An empty project.
  func project(_ name: String = "project") throws -> String {
    try FileManager.default.createDirectory(atPath: place + "/" + name, withIntermediateDirectories: true)
    return name
  }

  /// `curl -sS` with arguments, on a path of the registry.
  func curl(_ path: String, _ arguments: [String] = []) async throws -> Outcome {
    let program = Program.find("curl") ?? "curl"
    return try await Program.run(
      program, ["-sS", "--max-time", "20"] + arguments + [registry.url + path], environment: ["PATH": "/usr/bin:/bin"],
      folder: place)
  }
}
