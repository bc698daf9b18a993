import Foundation
import Testing

/// An author who publishes, and a project of somebody else.
struct SkillShop {
  let scene: Scene
  let project: String

  static func open() async throws -> SkillShop {
    let scene = try await Scene.open()
    return SkillShop(scene: scene, project: try scene.project())
  }

  func publish(_ name: String, _ version: String, needing needed: String? = nil, text: String = "") async throws {
    let dependencies = needed.map { "  dependencies: \($0)\n" } ?? ""
    try scene.write(
      "---\nname: \(name)\ndescription: Does \(name).\nmetadata:\n  version: \(version)\n\(dependencies)---\n\n\(version)\n\(text)",
      to: "\(name)/SKILL.md")
    let published = try await scene.agentMesh(["skills", "publish", name])
    #expect(published.status == 0, "\(published.errors)")
  }

  /// `agent-mesh skills …` of somebody who is no author, in the project.
  func skills(_ words: String...) async throws -> Outcome {
    try await scene.agentMesh(["skills"] + words, as: "user")
  }

  func install(_ references: String...) async throws {
    let installed = try await scene.agentMesh(["skills", "install"] + references + [project], as: "user")
    #expect(installed.status == 0, "\(installed.errors)")
  }

  /// The version that stands on the disk.
  func version(of name: String) throws -> String? {
    try scene.read("project/.agents/skills/\(name)/SKILL.md").split(separator: "\n").first {
      $0.hasPrefix("  version: ")
    }
    .map { String($0.dropFirst(11)) }
  }

  func skills(in outcome: Outcome) throws -> [String: [String: Any]] {
    let rows = try outcome.json()["skills"] as? [[String: Any]] ?? []
    return Dictionary(rows.map { ($0["folder"] as? String ?? "", $0) }) { $1 }
  }
}

@Suite struct DecidingTests {
  @Test func `verify finds what drifted, a frozen install mends it, and then all is well`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("reviewer", "1.0.0")
    try await shop.publish("writer", "1.0.0")
    try await shop.publish("linter", "1.0.0")
    try await shop.install("acme/reviewer", "acme/writer", "acme/linter")
    #expect(try await shop.skills("verify", shop.project).status == 0)

    try shop.scene.write("edited", to: "project/.agents/skills/reviewer/SKILL.md")
    let files = FileManager.default
    try files.removeItem(atPath: shop.scene.place + "/project/.agents/skills/writer")
    try files.removeItem(atPath: shop.scene.place + "/project/.claude/skills/linter")
    try shop.scene.write("---\nname: mine\ndescription: Mine.\n---\n", to: "project/.agents/skills/mine/SKILL.md")
    let drifted = try await shop.skills("verify", shop.project)
    #expect(drifted.status == 7)
    #expect(try drifted.json()["success"] as? Bool == false)
    let rows = try shop.skills(in: drifted).mapValues { ($0["faults"] as? [[String: Any]])?.first?["kind"] as? String }
    #expect(rows == ["reviewer": "edited", "writer": "missing", "linter": "link_missing"])
    #expect((try drifted.json()["strangers"] as? [[String: Any]])?.map { $0["folder"] as? String } == ["mine"])
    let said = try await shop.skills("verify", shop.project, "--human").output
    for text in ["'.agents/skills/reviewer' was edited: SKILL.md", "is missing", "'mine'", "install --frozen --force"] {
      #expect(said.contains(text), "\(said)")
    }

    let mended = try await shop.skills("install", "--frozen", "--force", shop.project)
    #expect(mended.status == 0, "\(mended.errors)")
    let after = try await shop.skills("verify", shop.project)
    #expect(after.status == 0, "\(after.output)")
  }

  @Test func `verify needs no registry and notices a manifest that the lock does not follow`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("reviewer", "1.0.0")
    try await shop.install("acme/reviewer@^1")
    await shop.scene.registry.stop()
    #expect(try await shop.skills("verify", shop.project).status == 0)
    let manifest = try shop.scene.read("project/skills.json")
    try shop.scene.write(manifest.replacingOccurrences(of: "^1", with: "^2"), to: "project/skills.json")
    let outcome = try await shop.skills("verify", shop.project)
    #expect(outcome.status == 7)
    #expect((try outcome.json()["disagreements"] as? [String])?.first?.contains("wanted as ^2") == true)
  }

  @Test func `outdated tells what an update brings from what lies beyond, and a pin holds`() async throws {
    let shop = try await SkillShop.open()
    for number in ["1.0.0", "1.1.0", "2.0.0"] { try await shop.publish("reviewer", number) }
    try await shop.install("acme/reviewer@1.0.0")
    let manifest = try shop.scene.read("project/skills.json")
    try shop.scene.write(manifest.replacingOccurrences(of: "\"1.0.0\"", with: "\"^1\""), to: "project/skills.json")

    let young = try await shop.skills("outdated", shop.project, "--check")
    #expect(young.status == 0)
    #expect(try shop.skills(in: young)["reviewer"]?["too_new"] as? String == "1.1.0")
    let outdated = try await shop.skills("outdated", shop.project, "--min-age", "0", "--check")
    #expect(outdated.status == 1)
    let row = try #require(try shop.skills(in: outdated)["reviewer"])
    #expect(["current", "wanted", "latest"].map { row[$0] as? String } == ["1.0.0", "1.1.0", "2.0.0"])
    #expect(try await shop.skills("outdated", shop.project, "--min-age", "0").status == 0)

    let pinned = try await shop.skills("pin", "acme/reviewer", shop.project)
    #expect(try pinned.json()["version"] as? String == "1.0.0", "\(pinned.errors)")
    #expect(try await shop.skills("outdated", shop.project, "--min-age", "0", "--check").status == 0)
    let held = try await shop.skills("update", shop.project, "--min-age", "0")
    #expect(held.status == 0, "\(held.errors)")
    #expect(try shop.version(of: "reviewer") == "1.0.0")
    #expect(try await shop.skills("unpin", "reviewer", shop.project).status == 0)
    #expect(try await shop.skills("unpin", "reviewer", shop.project).status == 4)
    #expect(try await shop.skills("update", shop.project, "--min-age", "0").status == 0)
    #expect(try shop.version(of: "reviewer") == "1.1.0")
    #expect(try await shop.skills("verify", shop.project).status == 0)
  }

  @Test func `outdated works from the cache, and says of each skill why it cannot be said`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("reviewer", "1.0.0")
    try await shop.install("acme/reviewer")
    await shop.scene.registry.stop()
    let offline = try await shop.skills("outdated", shop.project, "--offline", "--check")
    #expect(offline.status == 0, "\(offline.errors)")
    #expect(try shop.skills(in: offline)["reviewer"]?["latest"] as? String == "1.0.0")
    let asked = try await shop.skills("outdated", shop.project)
    #expect(asked.status == 0)
    #expect(try shop.skills(in: asked)["reviewer"]?["error"] as? String == "network_error")
    #expect(try await shop.skills("outdated", shop.project, "--check").status == 8)
  }

  @Test func `why and tree show by whose wish a skill is there`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("base", "1.0.0")
    try await shop.publish("style", "1.0.0", needing: "acme/base@^1")
    try await shop.publish("reviewer", "1.0.0", needing: "acme/style@^1")
    try await shop.install("acme/reviewer")
    for word in ["base", "acme/base"] {
      let why = try await shop.skills("why", word, shop.project)
      let chains = try #require(try why.json()["chains"] as? [[[String: Any]]])
      #expect(chains.map { $0.map { $0["reference"] as? String } } == [["acme/reviewer", "acme/style", "acme/base"]])
    }
    let said = try await shop.skills("why", "base", shop.project, "--human").output
    #expect(
      said.contains("skills.json → acme/reviewer@1.0.0 (^1.0.0) → acme/style@1.0.0 (^1) → acme/base@1.0.0 (^1)"),
      "\(said)")
    let tree = try await shop.skills("tree", shop.project, "--human").output
    #expect(
      tree == """
        acme/reviewer 1.0.0 (^1.0.0)
        └── acme/style 1.0.0 (^1)
            └── acme/base 1.0.0 (^1)

        """)
    let roots = try await shop.skills("tree", shop.project).json()["roots"] as? [[String: Any]]
    #expect(roots?.map { $0["reference"] as? String } == ["acme/reviewer"])
    for word in ["nothing", "rival/base"] {
      let unknown = try await shop.skills("why", word, shop.project)
      #expect(unknown.status == 4)
      #expect(try unknown.json()["error"] as? String == "not_installed")
    }
  }

  @Test func `a rollback comes from the cache, with the registry gone, and holds until it is unpinned`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("reviewer", "1.0.0")
    try await shop.install("acme/reviewer")
    let before = try shop.scene.read("project/.agents/skills/reviewer/SKILL.md")
    #expect(try await shop.skills("rollback", "reviewer", shop.project).status == 4)
    try await shop.publish("reviewer", "1.1.0")
    #expect(try await shop.skills("update", shop.project, "--min-age", "0").status == 0)
    #expect(try shop.version(of: "reviewer") == "1.1.0")

    let data = shop.scene.registry.data
    let address = shop.scene.registry.url.replacingOccurrences(of: "http://", with: "")
    await shop.scene.registry.stop()
    let planned = try await shop.skills("rollback", "reviewer", shop.project, "--offline", "--dry-run")
    #expect(try planned.json()["to"] as? String == "1.0.0", "\(planned.errors)")
    #expect(try shop.version(of: "reviewer") == "1.1.0")
    let back = try await shop.skills("rollback", "reviewer", shop.project, "--offline")
    #expect(back.status == 0, "\(back.errors)")
    #expect(try back.json()["from"] as? String == "1.1.0")
    #expect(try back.json()["to"] as? String == "1.0.0")
    #expect(try back.json()["pinned"] as? Bool == true)
    #expect(try shop.scene.read("project/.agents/skills/reviewer/SKILL.md") == before)
    #expect(try await shop.skills("verify", shop.project).status == 0)

    let again = try await Registry.start(data: data, listen: address)
    #expect(try await shop.skills("update", shop.project, "--min-age", "0").status == 0)
    #expect(try shop.version(of: "reviewer") == "1.0.0")
    #expect(try await shop.skills("unpin", "reviewer", shop.project).status == 0)
    #expect(try await shop.skills("update", shop.project, "--min-age", "0").status == 0)
    #expect(try shop.version(of: "reviewer") == "1.1.0")
    await again.stop()
  }

  @Test func `a rollback of an edited skill is refused, and keeps the edits when it is forced`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("reviewer", "1.0.0")
    try await shop.install("acme/reviewer")
    try await shop.publish("reviewer", "1.1.0")
    #expect(try await shop.skills("update", shop.project, "--min-age", "0").status == 0)
    try shop.scene.write("my notes", to: "project/.agents/skills/reviewer/notes.md")
    let refused = try await shop.skills("rollback", "reviewer", shop.project)
    #expect(refused.status == 5)
    #expect(try refused.json()["error"] as? String == "local_edits")
    #expect(try shop.version(of: "reviewer") == "1.1.0")
    let forced = try await shop.skills("rollback", "reviewer", shop.project, "--force")
    #expect(forced.status == 0, "\(forced.errors)")
    #expect(try shop.version(of: "reviewer") == "1.0.0")
    let backups = shop.scene.place + "/project/.agents/skills-backup"
    let kept = try #require(try FileManager.default.contentsOfDirectory(atPath: backups).first)
    #expect(try shop.scene.read("project/.agents/skills-backup/\(kept)/notes.md") == "my notes")
  }

  @Test(arguments: [true, false])
  func `an edited skill that an update leaves without need is reported, as is its backup`(force: Bool) async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("base", "1.0.0")
    try await shop.publish("app", "1.0.0", needing: "acme/base")
    try await shop.install("acme/app")
    try await shop.publish("app", "1.1.0")
    try shop.scene.write("my notes", to: "project/.agents/skills/base/notes.md")
    let words = ["skills", "update", "./" + shop.project, "--min-age", "0"] + (force ? ["--force"] : [])
    let updated = try await shop.scene.agentMesh(words, as: "user")
    #expect(updated.status == 0, "\(updated.errors)")
    let kept = try #require(try updated.json()["kept"] as? [[String: Any]], "\(updated.output)")
    #expect(kept.map { $0["entry"] as? String } == (force ? [] : [".agents/skills/base"]))
    let told = force ? "skills-backup/base-1" : "'.agents/skills/base' stays"
    #expect(updated.errors.contains(told), "\(updated.errors)")
    let place = force ? ".agents/skills-backup/base-1" : ".agents/skills/base"
    #expect(try shop.scene.read("project/\(place)/notes.md") == "my notes")
  }

  @Test func `a dry run tells when only the two files would change`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("notes", "1.0.0")
    #expect(try await shop.skills("install", "acme/notes", shop.project, "--no-save").status == 0)
    for (isWritten, sentence) in [
      (true, "Only skills.json or skills.lock would change."), (false, "Nothing would change."),
    ] {
      let tried = try await shop.skills("install", "acme/notes", shop.project, "--dry-run")
      #expect(try tried.json()["writes_files"] as? Bool == isWritten, "\(tried.output)")
      let shown = try await shop.skills("install", "acme/notes", shop.project, "--dry-run", "--human")
      #expect(shown.output.contains(sentence), "\(shown.output)")
      try await shop.install("acme/notes")
    }
  }

  @Test func `all of it works for a person's own skills`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("reviewer", "1.0.0")
    #expect(try await shop.skills("install", "acme/reviewer", "-g").status == 0)
    try await shop.publish("reviewer", "1.1.0")
    #expect(try await shop.skills("outdated", "-g", "--min-age", "0", "--check").status == 1)
    #expect(try await shop.skills("pin", "reviewer", "-g").status == 0)
    for command in ["verify", "outdated", "audit", "tree"] {
      let outcome = try await shop.skills(command, "-g")
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
    #expect(try await shop.skills("why", "reviewer", "-g").json()["pinned"] as? Bool == true)
    #expect(try await shop.skills("verify", shop.project, "-g").status == 2)
  }

  @Test(arguments: [("installed", 0), ("outdated", 4), ("audit", 4), ("tree", 4)] as [(String, Int32)])
  func `an empty folder is listed and no project, and what is no folder is a wrong usage`(
    command: String, status: Int32
  ) async throws {
    let shop = try await SkillShop.open()
    #expect(try await shop.skills(command, shop.project).status == status)
    #expect(try await shop.skills(command, "no-such-folder").status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: shop.scene.place + "/project").isEmpty)
  }

  @Test(arguments: ["why", "pin", "unpin", "rollback"])
  func `a skill that is not there is not found, and nothing is created`(command: String) async throws {
    let shop = try await SkillShop.open()
    let outcome = try await shop.skills(command, "nothing", shop.project)
    #expect(outcome.status == 4)
    #expect(try outcome.json()["error"] as? String == "not_installed")
    #expect(try FileManager.default.contentsOfDirectory(atPath: shop.scene.place + "/project").isEmpty)
  }
}
