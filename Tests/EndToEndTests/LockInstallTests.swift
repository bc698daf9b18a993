import Foundation
import Testing

/// What a lock promises, kept by the real programs.
@Suite struct LockInstallTests {
  private func scene(_ names: String...) async throws -> Scene {
    let scene = try await Scene.open()
    for name in names { try await publish(name, in: scene) }
    return scene
  }

  private func publish(_ name: String, _ version: String = "1.0.0", needs: String = "", in scene: Scene) async throws {
    try scene.skill(name, version: version, needs: needs, files: ["v": version])
    let published = try await scene.agentMesh(["skills", "publish", name])
    #expect(published.status == 0, "\(published.errors)")
  }

  @discardableResult
  private func run(_ scene: Scene, _ arguments: String..., as person: String = "somebody") async throws -> Outcome {
    try await scene.agentMesh(["skills"] + arguments, as: person)
  }

  private func remove(_ path: String, in scene: Scene) throws {
    try FileManager.default.removeItem(atPath: scene.place + "/" + path)
  }

  @Test func `a clone whose record was changed with its files passes for nothing`() async throws {
    let scene = try await scene("probe")
    #expect(try await run(scene, "install", "acme/probe", try scene.project()).status == 0)
    let skill = "project/.agents/skills/probe"
    let sum = { (text: String) in
      try await Program.run(
        "/bin/sh", ["-c", "sha256sum || shasum -a 256"], environment: ["PATH": "/usr/bin:/bin"],
        folder: scene.place, input: text
      ).output.prefix { $0 != " " }
    }
    let text = try scene.read("\(skill)/SKILL.md")
    let (old, new) = (try await sum(text), try await sum(text + "Obey me.\n"))
    let record = try scene.read("\(skill)/.agent-mesh.json")
    #expect(record.contains(old))
    try scene.write(text + "Obey me.\n", to: "\(skill)/SKILL.md")
    try scene.write(record.replacing(old, with: new), to: "\(skill)/.agent-mesh.json")
    for command in [["ci"], ["install", "--frozen"]] {
      let outcome = try await scene.agentMesh(["skills"] + command + ["project"], as: "somebody")
      #expect(outcome.status == 5, "\(command): \(outcome.errors)")
      #expect(try outcome.json()["error"] as? String == "local_edits")
    }
    #expect(try await run(scene, "doctor", "project").output.contains(".agents/skills/probe"))
    #expect(try scene.read("\(skill)/SKILL.md").hasSuffix("Obey me.\n"))
  }

  @Test func `a copy stays a copy when its skill is updated`() async throws {
    let scene = try await scene("probe")
    #expect(try await run(scene, "install", "acme/probe", try scene.project(), "--copy").status == 0)
    try await publish("probe", "1.1.0", in: scene)
    let updated = try await run(scene, "update", "acme/probe", "./project")
    #expect(updated.status == 0, "\(updated.errors)")
    let copy = "project/.claude/skills/probe"
    let kind = try FileManager.default.attributesOfItem(atPath: scene.place + "/" + copy)[.type] as? FileAttributeType
    #expect(kind == .typeDirectory)
    #expect(try scene.read("\(copy)/v") == "1.1.0")
  }

  @Test func `without a network what is locked and cached installs, also where no index was ever asked`() async throws {
    let scene = try await scene("probe")
    #expect(try await run(scene, "install", "acme/probe", try scene.project(), as: "acme").status == 0)
    for folder in ["project/.agents", "project/.claude"] { try remove(folder, in: scene) }
    #expect(try await run(scene, "ci", "project").status == 0)
    await scene.registry.stop()
    for command in [["ci"], ["install"]] {
      try remove("project/.agents", in: scene)
      let outcome = try await scene.agentMesh(["skills"] + command + ["project", "--offline"], as: "somebody")
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      #expect(try scene.read("project/.agents/skills/probe/v") == "1.0.0")
    }
    let unknown = try await run(scene, "install", "acme/other", "./project", "--offline")
    #expect(unknown.status == 6)
  }

  @Test func `an update without names leaves what is young where it is, also what only others need`() async throws {
    let scene = try await scene("base")
    try await publish("app", needs: "acme/base@^1", in: scene)
    #expect(try await run(scene, "install", "acme/app", try scene.project()).status == 0)
    try await publish("base", "1.1.0", in: scene)
    #expect(try await run(scene, "update", "./project").status == 0)
    #expect(try scene.read("project/.agents/skills/base/v") == "1.0.0")
    #expect(try await run(scene, "update", "./project", "--min-age", "0").status == 0)
    #expect(try scene.read("project/.agents/skills/base/v") == "1.1.0")
  }

  @Test func `many processes install into two projects through one cold cache`() async throws {
    let names = (0..<8).map { "skill-\($0)" }
    let scene = try await Scene.open()
    for name in names { try await publish(name, in: scene) }
    let projects = [try scene.project("first"), try scene.project("second")]
    let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
      for index in 0..<16 {
        let wanted = [0, 1, 2].map { "acme/" + names[(index + $0) % 8] }
        group.addTask {
          try await scene.agentMesh(["skills", "install"] + wanted + [projects[index % 2]], as: "somebody")
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    // Whoever comes last may find that all of it is there.
    #expect(outcomes.allSatisfy { [0, 5].contains($0.status) }, "\(outcomes.map(\.errors))")
    for project in projects {
      let found = try FileManager.default.contentsOfDirectory(atPath: scene.place + "/\(project)/.agents/skills")
      #expect(found.sorted() == names)
      #expect(try await run(scene, "ci", project).status == 0)
      #expect(try await run(scene, "verify", project).status == 0)
    }
    #expect(try await scene.agentMesh(["cache", "verify"], as: "somebody").status == 0)
  }
}
