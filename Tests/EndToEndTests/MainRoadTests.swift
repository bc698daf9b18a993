import Foundation
import Testing

@Suite struct MainRoadTests {
  @Test func `a skill goes from an author's folder into another project, is updated there and removed`() async throws {
    let scene = try await Scene.open()
    let initialised = try await scene.agentMesh([
      "skills", "init", "reviewer", "--description", "Reviews: \"carefully\"",
    ])
    #expect(initialised.status == 0)
    try scene.write("#!/bin/sh\necho reviewed\n", to: "reviewer/scripts/review.sh")
    chmod(scene.place + "/reviewer/scripts/review.sh", 0o755)
    #expect(try await scene.agentMesh(["skills", "validate", "reviewer"]).status == 0)

    let published = try await scene.agentMesh(["skills", "publish", "reviewer"])
    #expect(published.status == 0, "\(published.errors)")
    #expect(try published.json()["action"] as? String == "created")
    let info = try await scene.agentMesh(["skills", "info", "acme/reviewer"], as: "somebody").json()
    #expect(info["version"] as? String == "1.0.0")
    #expect(info["description"] as? String == "Reviews: \"carefully\"")

    let project = try scene.project()
    let installed = try await scene.agentMesh(["skills", "install", "acme/reviewer", project], as: "somebody")
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(try installed.json()["installed_to"] as? String == ".agents/skills/reviewer")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: scene.place + "/project/.claude/skills/reviewer")
        == "../../.agents/skills/reviewer")
    #expect(access(scene.place + "/project/.claude/skills/reviewer/scripts/review.sh", X_OK) == 0)

    try scene.write(scene.read("reviewer/SKILL.md") + "\nOne more rule.\n", to: "reviewer/SKILL.md")
    #expect(try await scene.agentMesh(["skills", "version", "minor", "reviewer"]).json()["new"] as? String == "1.1.0")
    #expect(try await scene.agentMesh(["skills", "publish", "reviewer"]).json()["action"] as? String == "updated")
    let checked = try await scene.agentMesh(["skills", "installed", project, "--check-updates"], as: "somebody").json()
    let row = try #require((checked["skills"] as? [[String: Any]])?.first)
    #expect(row["has_update"] as? Bool == true)
    #expect(row["remote_version"] as? String == "1.1.0")

    let updated = try await scene.agentMesh(["skills", "update", "acme/reviewer", "./project"], as: "somebody")
    #expect(updated.status == 0, "\(updated.errors)")
    for file in ["SKILL.md", "scripts/review.sh"] {
      #expect(try scene.read("project/.agents/skills/reviewer/\(file)") == scene.read("reviewer/\(file)"))
    }

    #expect(try await scene.agentMesh(["skills", "remove", "reviewer", project], as: "somebody").status == 0)
    #expect(!scene.exists("project/.agents/skills/reviewer"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scene.place + "/project/.claude/skills").isEmpty)
  }

  @Test func `the official skill of this repository publishes and installs`() async throws {
    let scene = try await Scene.open()
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let skill = root.appendingPathComponent(".claude/skills/agent-mesh-skills").path
    let checked = try await scene.agentMesh(["skills", "validate", "--portable", skill])
    #expect(checked.status == 0, "\(checked.output)")
    #expect(try await scene.agentMesh(["skills", "publish", skill]).status == 0)
    let installed = try await scene.agentMesh(["skills", "install", "acme/agent-mesh-skills", try scene.project()])
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(try (installed.json()["compatibility"] as? String)?.contains("agent-mesh") == true)
    #expect(
      try scene.read("project/.claude/skills/agent-mesh-skills/SKILL.md")
        == String(contentsOfFile: skill + "/SKILL.md", encoding: .utf8))
  }

  @Test func `two authors have a skill of the same name, and one project takes only one of them`() async throws {
    let scene = try await Scene.open(authors: ["acme", "rival"])
    try scene.skill("writer")
    #expect(try await scene.agentMesh(["skills", "publish", "writer"], as: "acme").status == 0)
    #expect(try await scene.agentMesh(["skills", "publish", "writer"], as: "rival").status == 0)
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/writer", project]).status == 0)
    let refused = try await scene.agentMesh(["skills", "install", "rival/writer", project])
    #expect(refused.status == 5)
    #expect(try refused.json()["error"] as? String == "conflict")
    #expect(refused.errors.contains("acme/writer"))
    let both = try await scene.agentMesh([
      "skills", "install", "acme/writer", "rival/writer", try scene.project("other"),
    ])
    #expect(both.status == 5)
    #expect(!scene.exists("other/.agents/skills/writer"))
  }

  @Test func `a published version never changes and its number is never used again`() async throws {
    let scene = try await Scene.open()
    try scene.skill("fixed")
    #expect(try await scene.agentMesh(["skills", "publish", "fixed"]).json()["action"] as? String == "created")
    #expect(try await scene.agentMesh(["skills", "publish", "fixed"]).json()["action"] as? String == "unchanged")
    try scene.write("more", to: "fixed/extra.txt")
    let changed = try await scene.agentMesh(["skills", "publish", "fixed"])
    #expect(changed.status == 5)
    #expect(try changed.json()["error"] as? String == "version_exists")

    let unconfirmed = try await scene.agentMesh(["skills", "unpublish", "acme/fixed"])
    #expect(unconfirmed.status == 2)
    #expect(unconfirmed.errors.contains("--yes"))
    #expect(try await scene.agentMesh(["skills", "unpublish", "acme/fixed", "--yes"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "info", "acme/fixed"]).status == 4)
    let again = try await scene.agentMesh(["skills", "publish", "fixed"])
    #expect(again.status == 5)
    let override = try await scene.agentMesh(["skills", "publish", "fixed", "--version", "1.0.1"])
    #expect(override.status == 0, "\(override.errors)")
    #expect(try override.json()["version"] as? String == "1.0.1")
    #expect(try await scene.agentMesh(["skills", "install", "acme/fixed@1.0.0", try scene.project()]).status == 4)
  }

  @Test func `private skills and foreign skills are closed to others, in the right words`() async throws {
    let scene = try await Scene.open(authors: ["acme", "rival"])
    try scene.skill("secret-sauce")
    #expect(try await scene.agentMesh(["skills", "publish", "secret-sauce", "--private"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "info", "acme/secret-sauce"]).status == 0)
    for person in ["rival", "nobody"] {
      let hidden = try await scene.agentMesh(["skills", "info", "acme/secret-sauce"], as: person)
      let missing = try await scene.agentMesh(["skills", "info", "acme/no-such-skill"], as: person)
      #expect(hidden.status == 4)
      #expect(
        hidden.output.replacingOccurrences(of: "secret-sauce", with: "*")
          == missing.output.replacingOccurrences(of: "no-such-skill", with: "*"))
    }
    #expect(try await scene.agentMesh(["skills", "publish", "secret-sauce"], as: "nobody").status == 3)
    try scene.skill("open")
    #expect(try await scene.agentMesh(["skills", "publish", "open"]).status == 0)
    let foreign = try await scene.agentMesh(["skills", "unpublish", "acme/open", "--yes"], as: "rival")
    #expect(foreign.status == 3)
    #expect(try foreign.json()["error"] as? String == "forbidden")
    let wrong = try await scene.agentMesh(["login", "--token-stdin"], as: "nobody", input: "ah_wrong\n")
    #expect(wrong.status == 3)
    #expect(!scene.exists("home-nobody/.agent-mesh/config.json"))
    let token = try await scene.token(for: "rival")
    #expect(try await scene.administer(["token", "revoke"], input: token).status == 0)
    #expect(try await scene.agentMesh(["login", "--token-stdin"], as: "nobody", input: token).status == 3)
  }
}
