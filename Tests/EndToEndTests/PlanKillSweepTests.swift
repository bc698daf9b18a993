import Foundation
import SystemPackage
import TestSupport
import Testing

/// A plan that touches four skills and both files, killed at every call that changes the disk.
@Suite(.enabled(if: Tracer.isAvailable), .serialized) struct PlanKillSweepTests {
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

  private static func words(_ project: String) -> [String] { ["skills", "update", "app", "--latest", project] }

  @Test func `a plan killed at any call is done or not begun after the next start`() async throws {
    let scene = try await Scene.open()
    try await publish(scene)
    let (before, after) = (try scene.project("before"), try scene.project("after"))
    for project in [before, after] {
      let installed = try await scene.agentMesh(["skills", "install", "acme/app@^1", "./" + project])
      try #require(installed.status == 0, "\(installed.errors)")
    }
    let moved = try await scene.agentMesh(Self.words("./" + after))
    try #require(moved.status == 0, "\(moved.errors)")
    let (old, new) = (try hash(scene, before), try hash(scene, after))
    try #require(old != new)
    let sweep = KillSweep(scene: scene, words: Self.words) { project in
      try FileManager.default.copyItem(atPath: scene.place + "/before", toPath: scene.place + "/" + project)
    }
    let kills = try await sweep.run { project, died, place in
      let looked = try await scene.agentMesh(Self.words("./" + project) + ["--dry-run"])
      #expect(looked.status == 0, "after \(place): \(looked.errors)")
      let state = try hash(scene, project)
      #expect(state == old || state == new, "killed at \(place)")
      #expect(died || state == new)
      let retry = try await scene.agentMesh(Self.words("./" + project))
      #expect(retry.status == 0, "after \(place): \(retry.errors)")
      #expect(try hash(scene, project) == new, "after \(place)")
    }
    for (call, least) in ["mkdirat": 5, "write": 10, "renameat2": 3, "symlinkat": 1, "unlinkat": 5, "openat": 10] {
      #expect(kills[call, default: 0] >= least, "\(kills)")
    }
  }

  private func hash(_ scene: Scene, _ project: String) throws -> String {
    "\(try treeHash(of: FilePath(scene.place + "/" + project)))"
  }
}
