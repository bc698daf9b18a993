import Foundation
import TestSupport
import Testing

@Suite struct SourceTests {
  private static func text(_ name: String, _ body: String = "Do it.", _ more: String = "") -> String {
    "---\nname: \(name)\ndescription: Does what \(name) does.\n\(more)---\n\n\(body)\n"
  }

  private static func archive(_ name: String, _ body: String = "Do it.") -> [UInt8] {
    var tar = TarBuilder()
    tar.folder("wrapper/")
    tar.file("wrapper/SKILL.md", Array(text(name, body).utf8))
    return tar.gzipped
  }

  @Test func `another machine gets the locked commit of a repository although its branch has moved`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("pdf", "First."), to: "repo/skills/pdf/SKILL.md")
    let first = try await scene.commit("repo")
    let project = try scene.project()
    let added = try await scene.agentMesh(["skills", "add", "file://\(scene.place)/repo", project], as: "one")
    #expect(added.status == 0, "\(added.errors)")
    #expect(try scene.sources() == ["pdf": "git+file://\(scene.place)/repo#:skills/pdf"])
    #expect(try scene.locked("pdf")?["commit"] as? String == first)

    try scene.write(Self.text("pdf", "Second."), to: "repo/skills/pdf/SKILL.md")
    let second = try await scene.commit("repo")
    try scene.clone("project", to: "clone")
    let frozen = try await scene.agentMesh(["skills", "install", "--frozen", "clone"], as: "two")
    #expect(frozen.status == 0, "\(frozen.errors)")
    #expect(try scene.read("clone/.agents/skills/pdf/SKILL.md").hasSuffix("First.\n"))
    #expect(try scene.read("clone/.claude/skills/pdf/SKILL.md").hasSuffix("First.\n"))
    #expect(try await scene.agentMesh(["skills", "install", "./clone"], as: "two").status == 0)
    #expect(try scene.locked("pdf", in: "clone")?["commit"] as? String == first)

    let updated = try await scene.agentMesh(["skills", "update", "pdf", "./clone"], as: "two")
    #expect(updated.status == 0, "\(updated.errors)")
    #expect(try scene.locked("pdf", in: "clone")?["commit"] as? String == second)
    #expect(try scene.read("clone/.agents/skills/pdf/SKILL.md").hasSuffix("Second.\n"))
    #expect(try scene.read("clone/skills.json") == scene.read("project/skills.json"))
  }

  @Test func `a repository is rolled back to its earlier commit, and stays there`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("pdf", "First."), to: "repo/skills/pdf/SKILL.md")
    let first = try await scene.commit("repo")
    #expect(
      try await scene.agentMesh(["skills", "add", "file://\(scene.place)/repo", try scene.project()]).status == 0)
    let none = try await scene.agentMesh(["skills", "rollback", "pdf", "./project"])
    #expect(none.status == 4)
    let source = "git+file://\(scene.place)/repo#<commit>:skills/pdf"
    #expect(none.errors.hasSuffix("\n  agent-mesh skills add '\(source)'\n"), "\(none.errors)")
    let earlier = ["skills", "add", source.replacing("<commit>", with: first), try scene.project("other")]
    #expect(try await scene.agentMesh(earlier).status == 0)
    try scene.write(Self.text("pdf", "Second."), to: "repo/skills/pdf/SKILL.md")
    _ = try await scene.commit("repo")
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    #expect(try scene.read("project/.agents/skills/pdf/SKILL.md").hasSuffix("Second.\n"))

    let back = try await scene.agentMesh(["skills", "rollback", "pdf", "./project"])
    #expect(back.status == 0, "\(back.errors)")
    #expect(try back.json()["pinned"] as? Bool == true)
    #expect(try scene.sources() == ["pdf": "git+file://\(scene.place)/repo#:skills/pdf"])
    #expect(try await scene.agentMesh(["skills", "update", "./project"]).status == 0)
    #expect(try scene.read("project/.agents/skills/pdf/SKILL.md").hasSuffix("First.\n"))
    #expect(try await scene.agentMesh(["skills", "verify", "project"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "ci", "project"]).status == 0)
  }

  @Test func `an archive that changed under its address is an integrity error where it is not cached`() async throws {
    let scene = try await Scene.open(authors: [])
    let site = Site(["/pdf.tar.gz": Self.archive("pdf")])
    let added = try await scene.agentMesh(["skills", "add", site.url + "/pdf.tar.gz", try scene.project()], as: "one")
    #expect(added.status == 0, "\(added.errors)")

    site.put("/pdf.tar.gz", Self.archive("pdf", "Do something else."))
    try scene.clone("project", to: "clone")
    let before = try scene.hash("clone")
    let refused = try await scene.agentMesh(["skills", "install", "--frozen", "clone"], as: "two")
    #expect(refused.status == 7, "\(refused.errors)")
    #expect(try refused.json()["error"] as? String == "integrity_error")
    #expect(try scene.hash("clone") == before)

    let cached = try await scene.agentMesh(["skills", "install", "--frozen", "--offline", "clone"], as: "one")
    #expect(cached.status == 0, "\(cached.errors)")
    #expect(try scene.read("clone/.agents/skills/pdf/SKILL.md") == Self.text("pdf"))
  }

  @Test func `another packing of the same files is the same skill`() async throws {
    let scene = try await Scene.open(authors: [])
    let site = Site(["/pdf.tar.gz": Self.archive("pdf")])
    #expect(
      try await scene.agentMesh(["skills", "add", site.url + "/pdf.tar.gz", try scene.project()], as: "one").status == 0
    )
    var tar = TarBuilder()
    tar.file("SKILL.md", Array(Self.text("pdf").utf8), mode: 0o600)
    site.put("/pdf.tar.gz", tar.gzipped)
    // As a lock has it that was written where compression gives other bytes.
    try scene.clone("project", to: "clone")
    let digest = try #require(try scene.locked("pdf")?["digest"] as? String)
    let other = "sha256:" + String(repeating: "a", count: 64)
    try scene.write(scene.read("clone/skills.lock").replacing(digest, with: other), to: "clone/skills.lock")
    let frozen = try await scene.agentMesh(["skills", "install", "--frozen", "clone"], as: "two")
    #expect(frozen.status == 0, "\(frozen.errors)")
    #expect(try scene.read("clone/.agents/skills/pdf/SKILL.md") == Self.text("pdf"))
    let again = try await scene.agentMesh(["skills", "install", "--frozen", "clone"], as: "two").json()
    #expect(again["unchanged"] as? Int == 1)
  }

  @Test func `a folder beside the project is found again when both have moved`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("writer"), to: "team/kit/writer/SKILL.md")
    try scene.write("", to: "team/project/README")
    let added = try await scene.agentMesh(["skills", "add", "team/kit/writer", "team/project"], as: "one")
    #expect(added.status == 0, "\(added.errors)")
    #expect(try scene.sources(in: "team/project") == ["writer": "path:../kit/writer"])

    try FileManager.default.moveItem(atPath: scene.place + "/team", toPath: scene.place + "/moved")
    try FileManager.default.removeItem(atPath: scene.place + "/moved/project/.agents")
    let frozen = try await scene.agentMesh(["skills", "ci", "moved/project"], as: "two")
    #expect(frozen.status == 0, "\(frozen.errors)")

    try scene.write(Self.text("writer", "Do more."), to: "moved/kit/writer/SKILL.md")
    try FileManager.default.removeItem(atPath: scene.place + "/moved/project/.agents")
    #expect(try await scene.agentMesh(["skills", "ci", "moved/project"], as: "three").status == 7)
    #expect(try await scene.agentMesh(["skills", "update", "writer", "./moved/project"], as: "three").status == 0)
    #expect(try scene.read("moved/project/.agents/skills/writer/SKILL.md").contains("Do more."))
    #expect(try await scene.agentMesh(["skills", "ci", "moved/project"], as: "four").status == 0)
  }

  @Test func `a user's own sources are absolute and live in the user's folder`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.skill("writer")
    let added = try await scene.agentMesh(["skills", "add", "./writer", "--global"], as: "one")
    #expect(added.status == 0, "\(added.errors)")
    #expect(try scene.sources(in: "home-one/.agent-mesh") == ["writer": "path:\(scene.place)/writer"])
    #expect(scene.exists("home-one/.agents/skills/writer/SKILL.md"))
  }

  @Test(arguments: ["0.1.0", "0.2.0"])
  func `a site's index is read, locked and installed elsewhere`(version: String) async throws {
    let scene = try await Scene.open(authors: [])
    let site = Site([:])
    let text = Array(Self.text("pdf").utf8)
    if version == "0.1.0" {
      site.put(
        "/.well-known/skills/index.json",
        Array(#"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md"]}]}"#.utf8))
      site.put("/.well-known/skills/pdf/SKILL.md", text)
    } else {
      try scene.write(String(decoding: text, as: UTF8.self), to: "pdf.md")
      let sum = try await Program.run(
        Program.find("sha256sum") ?? "/usr/bin/shasum",
        Program.find("sha256sum") == nil ? ["-a", "256", "pdf.md"] : ["pdf.md"],
        environment: ["PATH": "/usr/bin:/bin"], folder: scene.place
      ).output.prefix(64)
      let index = """
        {"$schema":"https://schemas.agentskills.io/discovery/0.2.0/schema.json","skills":[{"name":"pdf",\
        "type":"skill-md","description":"x","url":"/files/pdf.md","digest":"sha256:\(sum)"}]}
        """
      site.put("/.well-known/agent-skills/index.json", Array(index.utf8))
      site.put("/files/pdf.md", text)
    }
    let added = try await scene.agentMesh(["skills", "add", site.url, try scene.project()], as: "one")
    #expect(added.status == 0, "\(added.errors)")
    #expect(try scene.sources() == ["pdf": "well-known+\(site.url)#pdf"])
    try scene.clone("project", to: "clone")
    let frozen = try await scene.agentMesh(["skills", "ci", "clone"], as: "two")
    #expect(frozen.status == 0, "\(frozen.errors)")
    #expect(try scene.read("clone/.agents/skills/pdf/SKILL.md") == Self.text("pdf"))
  }

  @Test func `of several skills somebody has to name some`() async throws {
    let scene = try await Scene.open(authors: [])
    for name in ["docx", "pdf", "xlsx"] { try scene.write(Self.text(name), to: "kit/\(name)/SKILL.md") }
    try scene.write("no front matter", to: "kit/broken/SKILL.md")
    let project = try scene.project()
    let asked = try await scene.agentMesh(["skills", "add", "kit", project])
    #expect(asked.status == 2)
    #expect(asked.errors.contains("docx, pdf, xlsx"))
    #expect(asked.errors.contains("left out 'broken'"))
    #expect(!scene.exists("project/skills.json"))

    let listed = try await scene.agentMesh(["skills", "add", "kit", "--list"]).json()
    #expect((listed["skills"] as? [[String: Any]])?.compactMap { $0["slug"] as? String } == ["docx", "pdf", "xlsx"])
    #expect((listed["refused"] as? [[String: Any]])?.first?["place"] as? String == "broken")
    #expect(try await scene.agentMesh(["skills", "add", "kit", project, "--skill", "nope"]).status == 4)
    #expect(try await scene.agentMesh(["skills", "add", "kit", project, "--as", "x", "--skill", "*"]).status == 2)
    #expect(!scene.exists("project/skills.json"))

    #expect(try await scene.agentMesh(["skills", "add", "kit", project, "--skill", "pdf", "xlsx"]).status == 0)
    #expect(try scene.sources() == ["pdf": "path:../kit/pdf", "xlsx": "path:../kit/xlsx"])
    #expect(try await scene.agentMesh(["skills", "add", "kit", project, "--skill", "*"]).status == 0)
    #expect(try scene.sources().count == 3)
    let again = try await scene.agentMesh(["skills", "add", "kit", project, "--skill", "*"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try again.json()["already_installed"] as? Bool == true)
  }

  @Test func `a skill of an archive with several is found again by the name of its folder`() async throws {
    let scene = try await Scene.open(authors: [])
    var tar = TarBuilder()
    for name in ["docx", "pdf"] { tar.file("kit/\(name)/SKILL.md", Array(Self.text(name).utf8)) }
    let site = Site(["/kit.tar.gz": tar.gzipped])
    let url = site.url + "/kit.tar.gz"
    #expect(try await scene.agentMesh(["skills", "add", url, try scene.project(), "--skill", "pdf"]).status == 0)
    let lock = try scene.read("project/skills.lock")
    try FileManager.default.removeItem(atPath: scene.place + "/project/skills.lock")
    let installed = try await scene.agentMesh(["skills", "install", "./project"], as: "two")
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(try scene.read("project/skills.lock") == lock)
  }

  @Test func `two sources with one name need another name for one of them`() async throws {
    let scene = try await Scene.open(authors: [])
    for kit in ["one", "two"] { try scene.write(Self.text("pdf", kit), to: "\(kit)/pdf/SKILL.md") }
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "add", "one/pdf", "two/pdf", project]).status == 5)
    #expect(try await scene.agentMesh(["skills", "add", "one/pdf", project]).status == 0)
    let refused = try await scene.agentMesh(["skills", "add", "two/pdf", project])
    #expect(refused.status == 5)
    #expect(refused.errors.contains("path:../one/pdf and path:../two/pdf"))
    #expect(try scene.read("project/.agents/skills/pdf/SKILL.md") == Self.text("pdf", "one"))
    #expect(try await scene.agentMesh(["skills", "add", "two/pdf", project, "--as", "pdf-two"]).status == 0)
    #expect(try scene.sources() == ["pdf": "path:../one/pdf", "pdf-two": "path:../two/pdf"])
    #expect(try scene.read("project/.agents/skills/pdf-two/SKILL.md") == Self.text("pdf", "two"))
  }

  @Test func `what a source needs comes from the registry`() async throws {
    let scene = try await Scene.open()
    try scene.skill("base")
    #expect(try await scene.agentMesh(["skills", "publish", "base"]).status == 0)
    try scene.skill("writer", needs: "acme/base@^1")
    let added = try await scene.agentMesh(["skills", "add", "./writer", try scene.project()])
    #expect(added.status == 0, "\(added.errors)")
    #expect(scene.exists("project/.agents/skills/base/SKILL.md"))
    #expect(try await scene.agentMesh(["skills", "ci", "project"]).status == 0)
  }

  @Test func `trying changes nothing, and what is not saved is not written down`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.skill("writer")
    let project = try scene.project()
    let before = try scene.hash("project")
    let tried = try await scene.agentMesh(["skills", "add", "./writer", project, "--dry-run"]).json()
    #expect((tried["planned"] as? [[String: Any]])?.first?["action"] as? String == "install")
    #expect(try scene.hash("project") == before)
    #expect(try await scene.agentMesh(["skills", "add", "./writer", project, "--no-save"]).status == 0)
    #expect(scene.exists("project/.agents/skills/writer/SKILL.md"))
    #expect(!scene.exists("project/skills.json"))
    #expect(!scene.exists("project/skills.lock"))
  }

  @Test(
    arguments: [
      (["acme/reviewer@^1"], 2, "agent-mesh skills install acme/reviewer@^1"),
      (["./nothing"], 4, "there is nothing at"),
      (["https://example.org/x.tar.gz", "--offline"], 6, "not in the cache"),
      (["https://user:secret@example.org/x"], 2, "must not hold a name or a password"),
      (["ext::sh -c id"], 2, "is not a source of skills"),
      (["./empty"], 4, "there is no skill at"),
      (["./writer", "--as", "Not A Name"], 2, "Not A Name"),
    ])
  func `a mistake is told with what to do`(words: [String], status: Int32, said: String) async throws {
    let scene = try await Scene.open(authors: [])
    try scene.skill("writer")
    try scene.write("", to: "empty/file")
    let before = try scene.hash(try scene.project())
    let outcome = try await scene.agentMesh(["skills", "add", words[0], "project"] + words.dropFirst())
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    #expect(!outcome.output.contains("secret"))
    #expect(try scene.hash("project") == before)
  }

  /// What breaks the dialect of registries by its form alone.
  private static let harmless = [
    "AR1 name \"./x\"", "AR1 pax path \"./x\"", "AR1 folder of everything", "AR11 3,000 folders", "AR14 pax key ",
    "AR15 GNU magic",
  ]

  @Test func `no hostile archive changes a project, and none at all anything beside its own folder`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write("precious", to: "world/neighbour/file")
    try scene.write("precious", to: "world/project/.agents/skills/mine/SKILL.md")
    let before = try scene.hash("world")
    for (index, archive) in HostileArchives.all.enumerated() {
      let ending = archive.bytes.starts(with: Array("PK".utf8)) ? "zip" : "tar.gz"
      let file = try scene.folder.write("archives/a\(index).\(ending)", archive.bytes)
      let outcome = try await scene.agentMesh(["skills", "add", file.string, "world/project", "--as", "theirs"])
      #expect(outcome.signal == nil, "\(archive)")
      #expect(!outcome.errors.contains("\u{1B}"), "\(archive)")
      // Some are hostile to a registry alone, such as names that start with ./, which many programs write.
      if outcome.status == 0 {
        let isHarmless =
          Self.harmless.contains { archive.description.hasPrefix($0) } || archive.staysOut
          // What is read as it is meant.
          || archive.rule.rawValue == "name-not-normalized"
        #expect(isHarmless, "\(archive)")
        if archive.staysOut {
          let folder = "\(scene.place)/world/project/.agents/skills/theirs"
          let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          #expect(files == [".agent-mesh.json", "SKILL.md"], "\(archive)")
        }
        for path in [".agents/skills/theirs", ".claude", "skills.json", "skills.lock"] {
          try FileManager.default.removeItem(atPath: "\(scene.place)/world/project/\(path)")
        }
      }
      #expect(try scene.hash("world") == before, "\(archive)")
    }
  }
}
