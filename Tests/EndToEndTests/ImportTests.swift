import Foundation
import TestSupport
import Testing

@Suite struct ImportTests {
  private static func text(_ name: String, _ body: String = "Do it.") -> String {
    "---\nname: \(name)\ndescription: Does what \(name) does.\n---\n\n\(body)\n"
  }

  /// What the project holds beside the two files.
  private func rest(of project: String, in scene: Scene) throws -> String {
    let copy = "copy-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: "\(scene.place)/\(project)", toPath: "\(scene.place)/\(copy)")
    for name in ["skills.json", "skills.lock"] {
      try? FileManager.default.removeItem(atPath: "\(scene.place)/\(copy)/\(name)")
    }
    return try scene.hash(copy)
  }

  @Test func `hand-copied skills are written down where they are, and no file of theirs changes`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("shared"), to: "project/.agents/skills/shared/SKILL.md")
    try scene.write(Self.text("own"), to: "project/.claude/skills/own/SKILL.md")
    try scene.write(Self.text("shared", "Another one."), to: "project/.windsurf/skills/shared/SKILL.md")
    try scene.write("no skill", to: "project/.claude/skills/notes/README.md")
    try scene.write("---\nname: [\n", to: "project/.claude/skills/broken/SKILL.md")
    try scene.folder.link("project/.claude/skills/shared", to: "../../.agents/skills/shared")
    let before = try rest(of: "project", in: scene)

    let tried = try await scene.agentMesh(["skills", "import", "project", "--dry-run"]).json()
    #expect((tried["imported"] as? [[String: Any]])?.count == 2)
    #expect(!scene.exists("project/skills.json"))

    let imported = try await scene.agentMesh(["skills", "import", "project"])
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(
      try scene.sources() == ["own": "path:./.claude/skills/own", "shared": "path:./.agents/skills/shared"])
    let skipped = try #require(try imported.json()["skipped"] as? [[String: Any]])
    #expect(
      Set(skipped.compactMap { $0["place"] as? String }) == [".windsurf/skills/shared", ".claude/skills/broken"])
    #expect(imported.errors.contains("'.agents/skills/shared' has that name"))
    #expect(try rest(of: "project", in: scene) == before)

    for person in ["acme", "two"] {
      let frozen = try await scene.agentMesh(["skills", "ci", "project"], as: person)
      #expect(frozen.status == 0, "\(frozen.errors)")
    }
    #expect(try await scene.agentMesh(["skills", "install", "./project"]).status == 0)
    #expect(try rest(of: "project", in: scene) == before)
    let (manifest, lock) = (try scene.read("project/skills.json"), try scene.read("project/skills.lock"))
    let again = try await scene.agentMesh(["skills", "import", "project"]).json()
    #expect((again["imported"] as? [Any])?.isEmpty == true)
    #expect(try scene.read("project/skills.json") == manifest)
    #expect(try scene.read("project/skills.lock") == lock)

    try scene.write(Self.text("own", "Do more."), to: "project/.claude/skills/own/SKILL.md")
    let edits = try await scene.agentMesh(["skills", "diff", "own", "./project", "--local", "--human"])
    #expect(edits.output.contains("+Do more."), "\(edits.errors)")
    let locked = try #require(try scene.locked("own")?["tree_digest"] as? String)
    #expect(try await scene.agentMesh(["skills", "add", "project/.claude/skills/own", "project"]).status == 0)
    #expect(try scene.locked("own")?["tree_digest"] as? String != locked)
  }

  @Test func `what was installed without a manifest becomes an ordinary entry, and no registry is asked`() async throws
  {
    let scene = try await Scene.open()
    for name in ["writer", "reader", "base"] {
      try scene.skill(name, needs: name == "writer" ? "acme/base@^1" : "")
    }
    for name in ["base", "writer", "reader"] {
      #expect(try await scene.agentMesh(["skills", "publish", name]).status == 0)
    }
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/reader", project]).status == 0)
    let manifest = try scene.read("project/skills.json")
    #expect(try await scene.agentMesh(["skills", "install", "acme/writer", project, "--no-save"]).status == 0)
    try scene.write(Self.text("own"), to: "project/.claude/skills/own/SKILL.md")
    let before = try rest(of: "project", in: scene)
    await scene.registry.stop()

    let imported = try await scene.agentMesh(["skills", "import", project])
    #expect(imported.status == 0, "\(imported.errors)")
    let written = try scene.read("project/skills.json")
    #expect(written != manifest)
    for name in ["reader", "writer", "base"] { #expect(written.contains("\"acme/\(name)\": \"^1.0.0\"")) }
    #expect(try scene.sources() == ["own": "path:./.claude/skills/own"])
    #expect(try scene.locked("writer")?["version"] as? String == "1.0.0")
    #expect(try rest(of: "project", in: scene) == before)
    let frozen = try await scene.agentMesh(["skills", "ci", "project"])
    #expect(frozen.status == 0, "\(frozen.errors)")
  }

  @Test func `folders elsewhere become sources that the next install puts in place`() async throws {
    let scene = try await Scene.open(authors: [])
    for name in ["docx", "pdf"] { try scene.write(Self.text(name), to: "kit/\(name)/SKILL.md") }
    let outcome = try await scene.agentMesh(["skills", "import", "kit"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try scene.sources(in: ".") == ["docx": "path:./kit/docx", "pdf": "path:./kit/pdf"])
    #expect(!scene.exists(".agents"))
    #expect(try await scene.agentMesh(["skills", "install"]).status == 0)
    #expect(try scene.read(".agents/skills/pdf/SKILL.md") == Self.text("pdf"))
  }

  @Test func `where there is nothing, nothing is written`() async throws {
    let scene = try await Scene.open(authors: [])
    let project = try scene.project()
    try scene.folder.folder("project/.claude/skills")
    let before = try scene.hash("project")
    let outcome = try await scene.agentMesh(["skills", "import", project, "--human"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("no skills to import"))
    #expect(try await scene.agentMesh(["skills", "import", "missing"]).status == 2)
    #expect(try scene.hash("project") == before)
  }
}
