import Foundation
import Testing

private let corpus = ProcessInfo.processInfo.environment["AGENT_MESH_SKILLS_CORPUS"]

/// How many of the world's skills we read and would publish as they are.
///
/// Runs over the folder that `AGENT_MESH_SKILLS_CORPUS` names, which holds skills at any depth, and prints a table.
/// Skills without front matter are not counted. The shares are demanded of a thousand skills or more.
@Suite(.enabled(if: corpus != nil, "AGENT_MESH_SKILLS_CORPUS names no folder"))
struct CorpusTests {
  struct Checked: Decodable {
    struct Problem: Decodable {
      var rule: String
      var severity: String
    }

    var valid: Bool
    var findings: [Problem]

    var errors: Set<String> { Set(findings.filter { $0.severity == "error" }.map(\.rule)) }
  }

  private struct Answer: Decodable {
    var skills: [Checked]
  }

  /// The main files below the folder, whatever their spelling.
  private func mainFiles() throws -> [String] {
    let root = try #require(corpus)
    let names = try FileManager.default.subpathsOfDirectory(atPath: root)
    return names.filter { ($0 as NSString).lastPathComponent.lowercased() == "skill.md" }.sorted().map {
      root + "/" + $0
    }
  }

  private func check(_ paths: [String], _ options: [String]) async throws -> [Checked] {
    var checked: [Checked] = []
    for start in stride(from: 0, to: paths.count, by: 100) {
      let some = Array(paths[start..<min(start + 100, paths.count)])
      let outcome = try await Program.run(
        Program.agentMesh, ["skills", "validate", "--json"] + options + some, environment: ["PATH": "/usr/bin:/bin"],
        folder: "/")
      try #require(outcome.signal == nil, "validate died near \(some[0])")
      checked += try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)).skills
    }
    return checked.filter { !$0.errors.contains("no-front-matter") }
  }

  private func report(_ name: String, _ checked: [Checked]) -> Double {
    let share = Double(checked.count { $0.valid }) / Double(max(1, checked.count)) * 100
    print(name, checked.count { $0.valid }, "of", checked.count, String(format: "%.2f %%", share))
    let blockers = checked.flatMap(\.errors).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    for (rule, count) in blockers.sorted(by: { $0.value > $1.value }).prefix(12) { print("  ", rule, count) }
    return share
  }

  @Test func `nearly all are read, and nineteen of twenty can be published as they are`() async throws {
    let files = try mainFiles()
    let folders = files.map { ($0 as NSString).deletingLastPathComponent }
    let read = report("read leniently", try await check(files, ["--lenient"]))
    let published = report("publishable, whole folders", try await check(folders, []))
    _ = report("portable, whole folders", try await check(folders, ["--portable"]))
    guard files.count >= 1_000 else { return }
    #expect(read >= 99.7)
    #expect(published >= 95)
  }
}
