import Foundation
import TestSupport
import Testing

/// What a command over many skills does grows with their number, and not with its square.
@Suite(.enabled(if: Tracer.isAvailable)) struct GrowthTests {
  @Test func `the system calls of removing grow with the number of skills, and not with its square`() async throws {
    let scene = try await Scene.open(authors: [])
    var counts: [Int] = []
    for number in [16, 32, 64] { counts.append(try await calls(removing: number, in: scene)) }
    // What is done once, whatever the number, is in neither difference.
    #expect(Double(counts[2] - counts[1]) <= 2.2 * Double(counts[1] - counts[0]), "\(counts)")
  }

  /// How many system calls removing makes that look at files or change them.
  private func calls(removing count: Int, in scene: Scene) async throws -> Int {
    let names = (1...count).map { "skill-\($0)" }
    for name in names { try scene.skill("kit-\(count)/" + name) }
    for name in names {
      try scene.write("---\nname: \(name)\ndescription: One of many.\n---\n", to: "kit-\(count)/\(name)/SKILL.md")
    }
    let project = try scene.project("project-\(count)")
    let added = try await scene.agentMesh(["skills", "add", "./kit-\(count)", "--skill", "*", "--yes", "./" + project])
    #expect(added.status == 0, "\(added.errors)")
    let log = scene.place + "/calls-\(count)"
    let words =
      try Tracer.tracing(["-e", "trace=file,desc"], log: log) + [Program.agentMesh, "skills", "remove"] + names
      + ["./" + project]
    let removed = try await Program.run(
      words[0], Array(words.dropFirst()), environment: scene.environment(of: "somebody"), folder: scene.place)
    #expect(removed.status == 0, "\(removed.errors)")
    #expect(!scene.exists(project + "/.agents/skills/skill-1"))
    // A call during which another thread makes one stands there in two lines.
    return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      .count { !$0.contains(" resumed>") }
  }
}
