import Foundation
import TestSupport
import Testing

/// Which project a command without a path is about.
@Suite struct ProjectSearchTests {
  static let checks: [[String]] = [
    ["verify"], ["audit"], ["outdated"], ["ci"], ["lock", "--check"], ["doctor"], ["tree"],
  ]

  /// `home/work/project` with one skill, and `home/work/project/deep/er` in it.
  private func scene() async throws -> Scene {
    let scene = try await Scene.open()
    try scene.skill("notes")
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    try FileManager.default.createDirectory(
      atPath: scene.place + "/home-acme/work/project/deep/er", withIntermediateDirectories: true)
    let installed = try await run(scene, ["install", "acme/notes", "--yes"], in: "home-acme/work/project")
    #expect(installed.status == 0, "\(installed.errors)")
    return scene
  }

  private func run(_ scene: Scene, _ words: [String], in folder: String) async throws -> Outcome {
    try await Program.run(
      Program.agentMesh, ["skills"] + words, environment: scene.environment(of: "acme"),
      folder: scene.place + "/" + folder)
  }

  @Test func `a command below a project works on that project, and one with a path on what it names`() async throws {
    let scene = try await scene()
    let deep = "home-acme/work/project/deep/er"
    for words in Self.checks + [["why", "notes"], ["installed"], ["export"]] {
      let outcome = try await run(scene, words, in: deep)
      #expect(outcome.status == 0, "\(words): \(outcome.errors) \(outcome.output)")
    }
    #expect(try await run(scene, ["installed"], in: deep).output.contains("notes"))
    #expect(try await run(scene, ["verify", "."], in: deep).status == 4)
    try scene.write("edited", to: "home-acme/work/project/.agents/skills/notes/SKILL.md")
    #expect(try await run(scene, ["verify"], in: deep).status == 7)
    #expect(try await run(scene, ["remove", "notes", "--force"], in: deep).status == 0)
    #expect(!scene.exists("home-acme/work/project/.agents/skills/notes"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scene.place + "/" + deep).isEmpty)
  }

  @Test(arguments: checks)
  func `a check in a folder that is no project fails, and says how to name one`(words: [String]) async throws {
    let scene = try await scene()
    try FileManager.default.createDirectory(
      atPath: scene.place + "/home-acme/elsewhere", withIntermediateDirectories: true)
    let outcome = try await run(scene, words, in: "home-acme/elsewhere")
    #expect(outcome.status == 4, "\(outcome.output)")
    #expect(outcome.errors.contains("agent-mesh skills install"), "\(outcome.errors)")
    #expect(try await run(scene, words + ["../elsewhere"], in: "home-acme/elsewhere").status == 4)
  }

  @Test func `where only npx skills keeps a lock every command names the import`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(#"{"version": 1, "skills": {}}"#, to: "project/skills-lock.json")
    for words in [
      ["verify"], ["audit"], ["outdated"], ["doctor"], ["tree"], ["update"], ["remove", "notes"], ["installed"],
    ] {
      let outcome = try await run(scene, words, in: "project")
      #expect(outcome.status == (words == ["installed"] ? 0 : 4), "\(words): \(outcome.output)")
      #expect(outcome.errors.hasSuffix("\n  agent-mesh skills import\n"), "\(words): \(outcome.errors)")
    }
  }

  @Test func `a working folder that is gone is called so, and a project from the root is still found`() async throws {
    let scene = try await scene()
    let project = scene.place + "/home-acme/work/project"
    let script = #"mkdir gone && cd gone && rmdir ../gone && exec "$0" skills verify $1"#
    for (argument, status) in [("", 4), (".", 4), (project, 0)] as [(String, Int32)] {
      let outcome = try await Program.run(
        "/bin/sh", ["-c", script, Program.agentMesh, argument], environment: scene.environment(of: "acme"),
        folder: scene.place)
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(outcome.errors.contains("the working folder is gone") == (status != 0), "\(outcome.errors)")
    }
  }

  @Test func `a project that begins below another says so, as far as the search goes`() async throws {
    let scene = try await scene()
    let words = ["install", "acme/notes", ".", "--yes"]
    let below = try await run(scene, words, in: "home-acme/work/project/deep/er")
    #expect(below.status == 0, "\(below.errors)")
    #expect(below.errors.contains("becomes a project of its own"))
    try scene.write(#"{"format": 1, "skills": {}}"#, to: "home-acme/skills.json")
    try FileManager.default.createDirectory(
      atPath: scene.place + "/home-acme/elsewhere", withIntermediateDirectories: true)
    let alone = try await run(scene, words, in: "home-acme/elsewhere")
    #expect(alone.status == 0, "\(alone.errors)")
    #expect(!alone.errors.contains("becomes a project of its own"))
  }

  @Test func `the search ends below the home folder`() async throws {
    let scene = try await scene()
    try FileManager.default.createDirectory(
      atPath: scene.place + "/home-acme/elsewhere", withIntermediateDirectories: true)
    for above in ["home-acme", ""] {
      try scene.write(#"{"format": 1, "skills": {}}"#, to: above + "/skills.json")
      #expect(try await run(scene, ["verify"], in: "home-acme/elsewhere").status == 4)
    }
    #expect(try await run(scene, ["verify"], in: "home-acme").status == 0)
  }

  @Test(.enabled(if: getuid() == 0)) func `the search ends at a folder of somebody else`() async throws {
    let scene = try await scene()
    let project = scene.place + "/home-acme/work/project"
    try FileManager.default.setAttributes([.ownerAccountID: 12_345], ofItemAtPath: project)
    #expect(try await run(scene, ["verify"], in: "home-acme/work/project/deep").status == 4)
    #expect(try await run(scene, ["verify"], in: "home-acme/work/project").status == 0)
    try FileManager.default.setAttributes([.ownerAccountID: 0], ofItemAtPath: project)
    try FileManager.default.setAttributes([.ownerAccountID: 12_345], ofItemAtPath: project + "/deep")
    #expect(try await run(scene, ["verify"], in: "home-acme/work/project/deep/er").status == 4)
  }

  /// Whether this process may mount.
  private static let mounts =
    getuid() == 0 && Program.find("unshare") != nil
    && (try? Process.run(URL(filePath: "/usr/bin/unshare"), arguments: ["-m", "true"])).map {
      $0.waitUntilExit()
      return $0.terminationStatus == 0
    } ?? false

  @Test(.enabled(if: mounts)) func `the search ends at a mount point`() async throws {
    let scene = try await scene()
    let deep = scene.place + "/home-acme/work/project/deep"
    let script = """
      mount --make-rprivate / && mount -t tmpfs none "$1" && mkdir "$1/er" && cd "$1/er" && exec "$2" skills verify
      """
    let outcome = try await Program.run(
      "/usr/bin/unshare", ["-m", "sh", "-c", script, "sh", deep, Program.agentMesh],
      environment: scene.environment(of: "acme"), folder: scene.place)
    #expect(outcome.status == 4, "\(outcome.errors)")
  }
}
