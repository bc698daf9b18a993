import Foundation
import TestSupport
import Testing

/// What keeps a skill of a source as it is, and what moves it.
@Suite struct SourcePinTests {
  private static func text(_ name: String, _ body: String) -> String {
    "---\nname: \(name)\ndescription: Does what \(name) does.\n---\n\n\(body)\n"
  }

  private static func archive(_ names: [String], _ body: String) -> [UInt8] {
    var tar = TarBuilder()
    for name in names { tar.file("kit/\(name)/SKILL.md", Array(text(name, body).utf8)) }
    return tar.gzipped
  }

  /// A project with a skill of a repository, of which two commits are there and the first is installed.
  private func scene() async throws -> (scene: Scene, first: String, second: String) {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("pdf", "First."), to: "repo/pdf/SKILL.md")
    let first = try await scene.commit("repo")
    let added = try await scene.agentMesh(["skills", "add", "file://\(scene.place)/repo", try scene.project()])
    #expect(added.status == 0, "\(added.errors)")
    try scene.write(Self.text("pdf", "Second."), to: "repo/pdf/SKILL.md")
    return (scene, first, try await scene.commit("repo"))
  }

  @Test func `a commit that changes nothing of a skill leaves the lock as it is`() async throws {
    let (scene, _, _) = try await scene()
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    let lock = try scene.read("project/skills.lock")
    try scene.write("Read me.", to: "repo/README.md")
    try await scene.commit("repo")
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    #expect(try scene.read("project/skills.lock") == lock)
    for command in ["verify", "ci"] {
      let outcome = try await scene.agentMesh(["skills", command, "project"])
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
    }
  }

  @Test func `two skills that get the very same content are updated together`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("pdf", "First."), to: "pdf/SKILL.md")
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "add", "./pdf", project]).status == 0)
    #expect(try await scene.agentMesh(["skills", "add", "./pdf", project, "--as", "other"]).status == 0)
    try scene.write(Self.text("pdf", "Second."), to: "pdf/SKILL.md")
    let update = try await scene.agentMesh(["skills", "update", "pdf", "other", "./project"])
    #expect(update.status == 0, "\(update.output)")
    for name in ["pdf", "other"] {
      #expect(try scene.read("project/.agents/skills/\(name)/SKILL.md").contains("Second."))
    }
  }

  @Test func `a reference that is not in the repository is not found, and says what to name`() async throws {
    let (scene, _, _) = try await scene()
    let outcome = try await scene.agentMesh(["skills", "add", "file://\(scene.place)/repo#nope", "project"])
    #expect(outcome.status == 4, "\(outcome.errors)")
    #expect(outcome.errors.contains("nope"))
    #expect(outcome.errors.contains("git ls-remote"))
  }

  /// The same files in a repository whose history begins anew.
  private func replaceHistory(_ scene: Scene) async throws -> String {
    try FileManager.default.removeItem(atPath: scene.place + "/repo/.git")
    return try await scene.commit("repo")
  }

  @Test func `a pinned commit that is lost is told with the way past it`() async throws {
    let (scene, _, _) = try await scene()
    #expect(try await scene.agentMesh(["skills", "pin", "pdf", "project"]).status == 0)
    let now = try await replaceHistory(scene)
    try scene.clone("project", to: "copy")
    for command in [["ci", "copy"], ["install", "./copy"], ["install", "./copy", "--force"]] {
      let lost = try await scene.agentMesh(["skills"] + command, as: "two")
      #expect(lost.status == 4, "\(lost.errors)")
      for word in ["agent-mesh skills unpin pdf", "agent-mesh skills update pdf"] {
        #expect(lost.errors.contains(word), "\(command): \(lost.errors)")
      }
    }
    let named = try await scene.agentMesh(["skills", "update", "pdf", "./copy", "--human"], as: "two")
    #expect(named.status == 0, "\(named.errors)")
    #expect(named.errors.contains("agent-mesh skills unpin pdf"), "\(named.errors)")
    #expect(try await scene.agentMesh(["skills", "unpin", "pdf", "copy"], as: "two").status == 0)
    let updated = try await scene.agentMesh(["skills", "update", "pdf", "./copy"], as: "two")
    #expect(updated.status == 0, "\(updated.errors)")
    #expect(try scene.locked("pdf", in: "copy")?["commit"] as? String == now)
  }

  @Test func `a lost commit that gives way to another one with the same files is told`() async throws {
    let (scene, _, second) = try await scene()
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    let now = try await replaceHistory(scene)
    let sentence = "\(second.prefix(12)) → \(now.prefix(12)), same files"
    let tried = try await scene.agentMesh(["skills", "update", "./project", "--dry-run", "--human"])
    #expect(tried.output.contains(sentence), "\(tried.output)")
    #expect(!tried.output.contains("missing links"), "\(tried.output)")
    let lock = try scene.read("project/skills.lock")
    let updated = try await scene.agentMesh(["skills", "update", "./project"])
    #expect(updated.status == 0, "\(updated.errors)")
    let answer = try updated.json()
    let moves = try #require(answer["updated"] as? [[String: Any]])
    #expect(moves.map { $0["old_commit"] as? String } == [second])
    #expect(moves.map { $0["new_commit"] as? String } == [now])
    #expect((answer["skipped"] as? [Any])?.isEmpty == true)
    #expect(try scene.locked("pdf")?["commit"] as? String == now)

    try scene.write(lock, to: "project/skills.lock")
    let told = try await scene.agentMesh(["skills", "update", "./project", "--human"])
    #expect(told.output.contains(sentence), "\(told.output)")
    #expect(try scene.locked("pdf")?["commit"] as? String == now)
  }

  private func pins(_ scene: Scene) throws -> [String: String] {
    let manifest =
      try JSONSerialization.jsonObject(with: Data(scene.read("project/skills.json").utf8)) as? [String: Any]
    return manifest?["pins"] as? [String: String] ?? [:]
  }

  @Test func `a pinned commit stays with its branch written, also where the lock is made anew, until it is unpinned`()
    async throws
  {
    let (scene, first, second) = try await scene()
    let sources = try scene.sources()
    let pinned = try await scene.agentMesh(["skills", "pin", "pdf", "project", "--human"])
    #expect(pinned.status == 0, "\(pinned.errors)")
    let sentence = "stays at \(first.prefix(12)) until: agent-mesh skills unpin pdf"
    #expect(pinned.output.contains(sentence), "\(pinned.output)")
    #expect(try scene.sources() == sources)
    #expect(try pins(scene) == ["pdf": first])
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    #expect(try scene.locked("pdf")?["commit"] as? String == first)

    let lock = try scene.read("project/skills.lock")
    try FileManager.default.removeItem(atPath: scene.place + "/project/skills.lock")
    let installed = try await scene.agentMesh(["skills", "install", "./project"], as: "two")
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(try scene.read("project/skills.lock") == lock)
    #expect(try await scene.agentMesh(["skills", "ci", "project"], as: "three").status == 0)

    let unpinned = try await scene.agentMesh(["skills", "unpin", "pdf", "project"])
    #expect(unpinned.status == 0, "\(unpinned.errors)")
    #expect(try pins(scene).isEmpty)
    #expect(try await scene.agentMesh(["skills", "unpin", "pdf", "project"]).status == 4)
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    #expect(try scene.locked("pdf")?["commit"] as? String == second)
  }

  @Test func `a lock at another commit than the pinned one is no frozen install`() async throws {
    let (scene, first, second) = try await scene()
    #expect(try await scene.agentMesh(["skills", "pin", "pdf", "project"]).status == 0)
    try scene.write(scene.read("project/skills.json").replacing(first, with: second), to: "project/skills.json")
    let frozen = try await scene.agentMesh(["skills", "ci", "project"])
    #expect(frozen.status != 0)
    #expect(frozen.errors.contains("pinned to \(second)"), "\(frozen.errors)")
    #expect(try await scene.agentMesh(["skills", "install", "./project"]).status == 0)
    #expect(try scene.locked("pdf")?["commit"] as? String == second)
  }

  @Test func `a rollback keeps the branch, goes forward again the second time, and lets go when it is unpinned`()
    async throws
  {
    let (scene, first, second) = try await scene()
    let sources = try scene.sources()
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    let back = try await scene.agentMesh(["skills", "rollback", "pdf", "project", "--human"])
    #expect(back.status == 0, "\(back.errors)")
    #expect(back.output.contains("from \(second.prefix(12)) to \(first.prefix(12))"), "\(back.output)")
    #expect(back.output.contains("unpin pdf"))
    #expect(try scene.sources() == sources)
    #expect(try pins(scene) == ["pdf": first])
    #expect(try await scene.agentMesh(["skills", "rollback", "pdf", "project"]).status == 0)
    #expect(try pins(scene) == ["pdf": second])
    #expect(try await scene.agentMesh(["skills", "ci", "project"], as: "two").status == 0)
  }

  @Test func `a source that is added again at another branch can still be rolled back`() async throws {
    let (scene, first, second) = try await scene()
    try await scene.git("branch", "next", in: "repo")
    let moved = try await scene.agentMesh(["skills", "add", "file://\(scene.place)/repo#next", "project"])
    #expect(moved.status == 0, "\(moved.errors)")
    #expect(try scene.locked("pdf")?["commit"] as? String == second)
    let back = try await scene.agentMesh(["skills", "rollback", "pdf", "project"])
    #expect(back.status == 0, "\(back.errors)")
    #expect(try scene.locked("pdf")?["commit"] as? String == first)
    #expect(try scene.sources() == ["pdf": "git+file://\(scene.place)/repo#next:pdf"])
  }

  @Test func `removing a pinned source leaves no pin, and adding it again drops one`() async throws {
    let (scene, _, second) = try await scene()
    #expect(try await scene.agentMesh(["skills", "pin", "pdf", "project"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "add", "file://\(scene.place)/repo", "project"]).status == 0)
    #expect(try scene.locked("pdf")?["commit"] as? String == second)
    #expect(try pins(scene).isEmpty)
    #expect(try await scene.agentMesh(["skills", "pin", "pdf", "project"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "remove", "pdf", "./project"]).status == 0)
    #expect(try pins(scene).isEmpty)
  }

  @Test func `what has only its state of now is not rolled back into a lock that nobody else could install`()
    async throws
  {
    let scene = try await Scene.open(authors: [])
    let site = Site(["/pdf.tar.gz": Self.archive(["pdf"], "First.")])
    #expect(try await scene.agentMesh(["skills", "add", site.url + "/pdf.tar.gz", try scene.project()]).status == 0)
    site.put("/pdf.tar.gz", Self.archive(["pdf"], "Second."))
    #expect(try await scene.agentMesh(["skills", "update", "pdf", "./project"]).status == 0)
    let before = try scene.hash("project")
    let back = try await scene.agentMesh(["skills", "rollback", "pdf", "project"])
    #expect(back.status == 2, "\(back.output)")
    #expect(back.errors.contains("only its state of now"), "\(back.errors)")
    #expect(try scene.hash("project") == before)
    #expect(try await scene.agentMesh(["skills", "pin", "pdf", "project"]).status == 2)
  }

  @Test func `an archive that changed is reported, and taken when it is named`() async throws {
    let scene = try await Scene.open(authors: [])
    let site = Site(["/pdf.tar.gz": Self.archive(["pdf"], "First.")])
    #expect(try await scene.agentMesh(["skills", "add", site.url + "/pdf.tar.gz", try scene.project()]).status == 0)
    site.put("/pdf.tar.gz", Self.archive(["pdf"], "Second."))
    let before = try scene.hash("project")
    let unattended = try await scene.agentMesh(["skills", "update", "./project"])
    #expect(unattended.status == 0, "\(unattended.errors)")
    let skipped = try unattended.json()["skipped"] as? [[String: Any]]
    #expect(skipped?.compactMap { $0["reason"] as? String } == ["changed"])
    #expect(try scene.hash("project") == before)
    #expect(try await scene.agentMesh(["skills", "update", "pdf", "./project"]).status == 0)
    #expect(try scene.read("project/.agents/skills/pdf/SKILL.md").hasSuffix("Second.\n"))
  }

  @Test func `one skill of an archive with several is found again under another name`() async throws {
    let scene = try await Scene.open(authors: [])
    let site = Site(["/kit.tar.gz": Self.archive(["docx", "pdf"], "First.")])
    let words = [site.url + "/kit.tar.gz", try scene.project(), "--skill", "pdf", "--as", "paper"]
    let added = try await scene.agentMesh(["skills", "add"] + words)
    #expect(added.status == 0, "\(added.errors)")
    #expect(try scene.sources() == ["paper": "\(site.url)/kit.tar.gz#pdf"])
    let lock = try scene.read("project/skills.lock")
    try FileManager.default.removeItem(atPath: scene.place + "/project/skills.lock")
    let installed = try await scene.agentMesh(["skills", "install", "./project"], as: "two")
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(try scene.read("project/skills.lock") == lock)
    site.put("/kit.tar.gz", Self.archive(["docx", "pdf"], "Second."))
    #expect(try await scene.agentMesh(["skills", "update", "paper", "./project"]).status == 0)
    #expect(try scene.read("project/.agents/skills/paper/SKILL.md").hasSuffix("Second.\n"))
  }

  @Test func `tags and commits of a git source are compared`() async throws {
    let (scene, first, second) = try await scene()
    try await scene.git("tag", "v1", first, in: "repo")
    let diff = try await scene.agentMesh(["skills", "diff", "pdf", "v1", second, "./project", "--human"])
    #expect(diff.status == 0, "\(diff.errors)")
    #expect(diff.output.contains("-First."))
    #expect(diff.output.contains("+Second."))
    let outdated = try await scene.agentMesh(["skills", "outdated", "project"]).json()
    #expect(outdated["unasked"] as? [String] == ["pdf"])
  }
}
