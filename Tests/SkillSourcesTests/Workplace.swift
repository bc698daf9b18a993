import Foundation
import HTTPTransport
import Skills
import Subprocess
import SystemPackage
import TestSupport

@testable import SkillSources

/// A project, a scratch folder and readers over them.
final class Workplace: Sendable {
  let folder: TemporaryFolder
  private let environment: [String: String]

  static func skill(_ name: String, _ more: String = "") -> String {
    "---\nname: \(name)\ndescription: A skill that tests use.\n\(more)---\n\n# \(name)\n"
  }

  convenience init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    try self.init(TemporaryFolder(), environment)
  }

  private init(_ folder: TemporaryFolder, _ environment: [String: String]) throws {
    self.folder = folder
    try folder.folder("project")
    try folder.folder("scratch")
    self.environment = environment
  }

  /// A new one, as a new command has it.
  var reader: SourceReader { reader() }

  func reader(expecting sources: [SkillSource] = []) -> SourceReader {
    let configuration = TransportConfiguration(userAgent: "tests", environment: [:])
    var reader = SourceReader(
      project: folder["project"], transport: HTTPTransport(configuration), environment: environment,
      temporary: folder["scratch"], expecting: sources)
    // A busy machine must not look like a slow site.
    reader.indexBudget = .seconds(300)
    return reader
  }

  /// Reads a repository with so much time for git.
  func checkout(_ url: String, budget: Duration) async throws {
    let checkouts = GitCheckouts(environment: environment, temporary: folder["scratch"], budget: budget, expecting: [])
    _ = try await checkouts.checkout(of: GitSource(url: url, ref: nil, folder: nil), locked: nil)
  }

  /// A git on the path that writes its arguments down, one line for each call, and does what git does.
  ///
  /// - Parameter failing: A pattern of the shell over all arguments; such a call fails.
  func countingGit(failing pattern: String = "nothing-fails") throws -> Workplace {
    let git = ["/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    let script = """
      #!/bin/sh
      echo "$*" >> '\(folder["calls"])'
      case "$*" in \(pattern)) exit 128;; esac
      exec '\(git ?? "git")' "$@"

      """
    try folder.write("bin/git", script, mode: 0o755)
    return try Workplace(folder, ["PATH": "\(folder["bin"].string):/usr/bin:/bin"])
  }

  /// What a counting git was called with.
  var calls: [String] {
    get throws {
      guard FileManager.default.fileExists(atPath: folder["calls"].string) else { return [] }
      return String(decoding: try folder.bytes("calls"), as: UTF8.self).split(separator: "\n").map(String.init)
    }
  }

  /// What is left in the scratch folder.
  var leftovers: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder["scratch"].string) }
  }

  /// The address of the repository `repo` below the folder.
  var repository: String { "file://\(folder["repo"].string)" }

  @discardableResult
  func git(_ arguments: String..., input: String = "") async throws -> String {
    struct Failed: Error { var text: String }
    let settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    let record = try await Subprocess.run(
      .name("git"), arguments: Arguments(settings + ["-C", try folder.folder("repo").string] + arguments),
      environment: .inherit.updating(["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"]),
      input: .string(input), output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    guard record.terminationStatus.isSuccess else { throw Failed(text: record.standardError) }
    return record.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Commits everything below `repo`.
  @discardableResult
  func commit() async throws -> String {
    try await git("init", "--quiet")
    try await git("add", "--all", "--force")
    try await git("commit", "--quiet", "--allow-empty", "-m", "x")
    return try await git("rev-parse", "HEAD")
  }
}

extension SourcedSkill {
  var paths: [String] { packed.manifest.entries.map(\.path.string) }
  var folderText: String { suggestedFolder.rawValue }
}
