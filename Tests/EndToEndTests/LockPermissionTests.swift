import Foundation
import Testing

/// Folders that whoever runs the program may not read or write: root, who may do all, becomes nobody for it.
@Suite struct LockPermissionTests {
  private static let isRoot = getuid() == 0
  private static let isPossible = !isRoot || Program.find("setpriv") != nil

  /// A project with the skill `probe`, of whoever will look at it.
  private func scene() async throws -> Scene {
    let scene = try await Scene.open()
    for name in ["probe", "other"] {
      try scene.skill(name)
      #expect(try await scene.agentMesh(["skills", "publish", name]).status == 0)
    }
    let installed = try await scene.agentMesh(
      ["skills", "install", "acme/probe", "acme/other", try scene.project()], as: "somebody")
    #expect(installed.status == 0, "\(installed.errors)")
    if Self.isRoot {
      for folder in ["project", "home-somebody"] {
        let owned = try await Program.run(
          Program.find("chown") ?? "chown", ["-R", "65534:65534", folder], environment: [:], folder: scene.place)
        #expect(owned.status == 0, "\(owned.errors)")
      }
      chmod(scene.place, 0o755)
    }
    return scene
  }

  private func run(_ scene: Scene, _ arguments: String...) async throws -> Outcome {
    let command = [Program.agentMesh, "skills"] + arguments
    let change = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    let program = Self.isRoot ? Program.find("setpriv") ?? "setpriv" : command[0]
    return try await Program.run(
      program, Self.isRoot ? change + command : Array(command.dropFirst()),
      environment: scene.environment(of: "somebody"), folder: scene.place)
  }

  @Test(.enabled(if: isPossible)) func `a skill that cannot be read is listed and diagnosed, and hides no other`()
    async throws
  {
    let scene = try await scene()
    let skill = scene.place + "/project/.agents/skills/probe"
    chmod(skill, 0)
    defer { chmod(skill, 0o755) }
    let doctor = try await run(scene, "doctor", "project", "--json")
    #expect(doctor.output.contains("unreadable"), "\(doctor.errors)")
    #expect(doctor.output.contains(".agents/skills/probe"))
    let installed = try await run(scene, "installed", "project", "--json")
    #expect(installed.output.contains("probe") && installed.output.contains("other"), "\(installed.errors)")
  }

  @Test(.enabled(if: isPossible), arguments: [".", ".agents/skills", ".claude/skills"])
  func `a folder that cannot be written to stays as it is`(place: String) async throws {
    let scene = try await scene()
    let before = try scene.read("project/skills.lock")
    let path = scene.place + "/project/" + place
    chmod(path, 0o555)
    defer { chmod(path, 0o755) }
    let outcome = try await run(scene, "remove", "probe", "project")
    #expect(outcome.status == 1, "\(outcome.output)")
    #expect(try outcome.json()["error"] as? String == "file_error")
    #expect(try scene.read("project/skills.lock") == before)
    #expect(scene.exists("project/.claude/skills/probe/SKILL.md"))
  }
}
