import Foundation
import SystemPackage
import TestSupport
import Testing

/// A plan that touches four skills and both files, killed at every call that changes the disk.
@Suite(.enabled(if: Program.find("strace") != nil), .serialized) struct PlanKillSweepTests {
  private static let calls = [
    "mkdirat", "mkdir", "openat", "write", "renameat", "renameat2", "symlinkat", "unlinkat", "fchmod",
  ]

  /// `app` 2 needs a newer `base` and something new, and no longer needs what `app` 1 needed.
  private func publish(_ scene: Scene) async throws {
    for (name, version, needs) in [
      ("base", "1.0.0", ""), ("base", "2.0.0", ""), ("gone", "1.0.0", ""), ("fresh", "1.0.0", ""),
      ("app", "1.0.0", "acme/base@^1 acme/gone"), ("app", "2.0.0", "acme/base@^2 acme/fresh@^1"),
    ] {
      try scene.skill(name, version: version, needs: needs, files: ["docs/v.md": version])
      #expect(try await scene.agentMesh(["skills", "publish", name]).status == 0)
    }
  }

  @Test func `a plan killed at any call is done or not begun after the next start`() async throws {
    let scene = try await Scene.open()
    try await publish(scene)
    let (before, after) = (try scene.project("before"), try scene.project("after"))
    for project in [before, after] {
      let installed = try await scene.agentMesh(["skills", "install", "acme/app@^1", "./" + project])
      try #require(installed.status == 0, "\(installed.errors)")
    }
    let moved = try await run(scene, after)
    try #require(moved.status == 0, "\(moved.errors)")
    let (old, new) = (try hash(scene, before), try hash(scene, after))
    try #require(old != new)
    var kills = 0
    for call in Self.calls {
      var number = 1
      while true {
        // Opening the program's own libraries changes nothing and is most of these calls.
        if call == "openat", number > 200 { break }
        let project = "p-\(call)-\(number)"
        try FileManager.default.copyItem(atPath: scene.place + "/before", toPath: scene.place + "/" + project)
        let died = try await killed(scene, project, at: number, of: call)
        let looked = try await run(scene, project, more: ["--dry-run"])
        #expect(looked.status == 0, "after \(call) \(number): \(looked.errors)")
        let state = try hash(scene, project)
        #expect(state == old || state == new, "killed at \(call) \(number)")
        #expect(died || state == new)
        let retry = try await run(scene, project)
        #expect(retry.status == 0, "after \(call) \(number): \(retry.errors)")
        #expect(try hash(scene, project) == new, "after \(call) \(number)")
        try FileManager.default.removeItem(atPath: scene.place + "/" + project)
        guard died else { break }
        kills += 1
        number += call == "openat" ? 10 : 1
      }
    }
    #expect(kills > 60)
  }

  private func run(_ scene: Scene, _ project: String, more: [String] = []) async throws -> Outcome {
    try await scene.agentMesh(["skills", "update", "app", "--latest", "./" + project] + more)
  }

  private func killed(_ scene: Scene, _ project: String, at number: Int, of call: String) async throws -> Bool {
    let strace = try #require(Program.find("strace"))
    let outcome = try await Program.run(
      strace,
      [
        "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):signal=SIGKILL:when=\(number)",
        Program.agentMesh, "skills", "update", "app", "--latest", "./" + project,
      ],
      // One thread for all tasks: the tracer counts calls by thread.
      environment: scene.environment(of: "acme").merging(["LIBDISPATCH_COOPERATIVE_POOL_STRICT": "1"]) { $1 },
      folder: scene.place)
    return outcome.signal == SIGKILL || outcome.status == 137
  }

  private func hash(_ scene: Scene, _ project: String) throws -> String {
    "\(try treeHash(of: FilePath(scene.place + "/" + project)))"
  }
}
