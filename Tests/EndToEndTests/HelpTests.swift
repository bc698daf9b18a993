import Foundation
import Testing

@Suite struct HelpTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let topics = [
    "getting-started", "manifest", "lockfile", "ranges", "agents", "sources", "updates", "security", "cache", "ci",
    "network", "exit-status", "errors", "environment",
  ]

  private func help(_ words: String...) async throws -> Outcome {
    try await Program.run(
      Program.agentMesh, ["help"] + words, environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"], folder: "/")
  }

  private func text(of topic: String) async throws -> String {
    try #require(try await help(topic, "--json").json()["text"] as? String)
  }

  @Test func `the list of topics is complete`() async throws {
    let list = try await help("topics", "--json").json()["topics"] as? [[String: String]] ?? []
    #expect(list.map { $0["topic"] } == Self.topics)
    let text = try await help("topics").output
    for topic in Self.topics { #expect(text.contains("  \(topic) ")) }
  }

  @Test(arguments: topics) func `a topic fits a terminal of 80 columns`(_ topic: String) async throws {
    let text = try await text(of: topic)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect((18...70).contains(lines.count))
    for line in lines { #expect(line.count <= 80) }
    #expect(try await help(topic).output.hasPrefix(text))
  }

  @Test func `the exit statuses are those that the program has`() async throws {
    let source = try String(
      contentsOf: Self.root.appending(path: "Sources/Skills/Errors/ExitStatus.swift"), encoding: .utf8)
    let declared = source.matches(of: /case \w+ = (\d+)/).map { String($0.1) }
    let listed = try await text(of: "exit-status").matches(of: /(?m)^  (\d+) +\S/).map { String($0.1) }
    #expect(declared.count > 5)
    #expect(listed == declared)
  }

  @Test func `every variable that the sources read is explained`() async throws {
    let text = try await text(of: "environment")
    let words = Set(text.matches(of: /[A-Za-z_]+/).map { String($0.0) })
    let read = try variables()
    #expect(read.count > 20)
    #expect(read.subtracting(words) == [])
  }

  /// Names in the places where the sources read the environment.
  private func variables() throws -> Set<String> {
    let folder = Self.root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var names: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let isReading = line.contains(/environment\[|getenv\(|value\("|_HOME"|"PATH", |_proxy",|CA_BUNDLE"/)
        guard isReading, !line.contains("LC_ALL") else { continue }
        for match in line.matches(of: /"([A-Z][A-Z_]{3,}|[a-z]+_proxy)"/) { names.insert(String(match.1)) }
      }
    }
    return names
  }

  @Test func `the help of commands is where it was`() async throws {
    #expect(try await help("skills", "install").output.contains("USAGE: agent-mesh skills install"))
    #expect(try await help().output.contains("USAGE: agent-mesh"))
    let both = try await help("cache").output
    #expect(both.contains("OFFLINE.") && both.contains("USAGE: agent-mesh cache"))
    let listing = try await help("--json").json()
    #expect((listing["commands"] as? [String])?.contains("skills") == true)
  }

  @Test(arguments: [("rangs", "ranges"), ("exit-statu", "exit-status"), ("skils", "skills")])
  func `an unknown topic suggests near names`(_ word: String, _ near: String) async throws {
    let outcome = try await help(word)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Did you mean \(near)?"))
  }
}
