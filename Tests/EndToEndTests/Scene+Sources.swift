import Foundation
import Synchronization
import TestSupport

extension Scene {
  /// Runs git in a folder of the scene, as nobody's git is set up.
  @discardableResult
  func git(_ arguments: String..., in folder: String) async throws -> String {
    let program = Program.find("git") ?? "git"
    let settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    let outcome = try await Program.run(
      program, settings + ["-C", place + "/" + folder] + arguments,
      environment: ["PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"],
      folder: place)
    guard outcome.status == 0 else { throw Registry.Failure("git \(arguments): \(outcome.errors)") }
    return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Commits everything in a folder, which becomes a repository.
  @discardableResult
  func commit(_ folder: String) async throws -> String {
    try await git("init", "--quiet", in: folder)
    try await git("add", "--all", in: folder)
    try await git("commit", "--quiet", "-m", "x", in: folder)
    return try await git("rev-parse", "HEAD", in: folder)
  }

  /// The two files of a project in another one, as a clone of it would have them.
  func clone(_ project: String, to copy: String) throws {
    for name in ["skills.json", "skills.lock"] { try write(read("\(project)/\(name)"), to: "\(copy)/\(name)") }
  }

  /// The block of a skill in a lock.
  func locked(_ folder: String, in project: String = "project") throws -> [String: Any]? {
    let lock = try JSONSerialization.jsonObject(with: Data(read("\(project)/skills.lock").utf8)) as? [String: Any]
    return (lock?["skills"] as? [[String: Any]])?.first { $0["folder"] as? String == folder }
  }

  /// What `skills.json` has of sources.
  func sources(in project: String = "project") throws -> [String: String] {
    let manifest = try JSONSerialization.jsonObject(with: Data(read("\(project)/skills.json").utf8)) as? [String: Any]
    return manifest?["sources"] as? [String: String] ?? [:]
  }

  /// A digest of everything below a folder of the scene.
  func hash(_ folder: String) throws -> String { "\(try treeHash(of: self.folder[folder]))" }
}

/// A site whose files a test may change at any time.
final class Site: Sendable {
  private let files = Mutex<[String: [UInt8]]>([:])
  private let server: Mutex<TestServer?> = Mutex(nil)

  init(_ files: [String: [UInt8]]) {
    self.files.withLock { $0 = files }
    let server = TestServer { [weak self] request, connection in
      guard let body = self?.files.withLock({ $0[request.target] }) else { return try connection.reply(404, [UInt8]()) }
      try connection.reply(200, body)
    }
    self.server.withLock { $0 = server }
  }

  func put(_ path: String, _ bytes: [UInt8]) { files.withLock { $0[path] = bytes } }

  var url: String { "http://127.0.0.1:\(server.withLock { $0?.port } ?? 0)" }
}
