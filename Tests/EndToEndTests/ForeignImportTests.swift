import Foundation
import TestSupport
import Testing

/// Projects in which another program keeps a list of skills.
@Suite struct ForeignImportTests {
  private static func text(_ name: String, _ body: String = "Do it.") -> String {
    "---\nname: \(name)\ndescription: Does what \(name) does.\n---\n\n\(body)\n"
  }

  private static let run = "echo run\n"

  /// What `npx skills` writes for a skill of two files.
  private func hash(_ skill: String, in scene: Scene) async throws -> String {
    // In the order of JavaScript, which is not that of bytes.
    try scene.write("scripts/run.sh" + Self.run + "SKILL.md" + skill, to: "hashed")
    let program = Program.find("sha256sum")
    let sum = try await Program.run(
      program ?? "/usr/bin/shasum", (program == nil ? ["-a", "256"] : []) + ["hashed"],
      environment: ["PATH": "/usr/bin:/bin"], folder: scene.place)
    return String(sum.output.prefix(64))
  }

  /// A repository with one skill of two files.
  private func repository(in scene: Scene) async throws -> String {
    try scene.write(Self.text("pdf"), to: "repo/skills/pdf/SKILL.md")
    try scene.write(Self.run, to: "repo/skills/pdf/scripts/run.sh")
    return try await scene.commit("repo")
  }

  private func entry(_ hash: String, in scene: Scene) -> String {
    """
    {"source": "x/repo", "sourceUrl": "file://\(scene.place)/repo", "sourceType": "git",
     "skillPath": "skills/pdf/SKILL.md", "computedHash": "\(hash)"}
    """
  }

  private func write(npx entries: String, in scene: Scene) throws {
    try scene.write("{\"version\": 1, \"skills\": {\(entries)}}\n", to: "project/skills-lock.json")
  }

  @Test func `what npx skills has locked is compared and installed, and what cannot be taken is told`() async throws {
    let scene = try await Scene.open(authors: [])
    _ = try await repository(in: scene)
    try scene.write(Self.text("near"), to: "project/own/near/SKILL.md")
    let hash = try await hash(Self.text("pdf"), in: scene)
    try write(
      npx: """
        "pdf": \(entry(hash, in: scene)),
        "near": {"source": "own/near", "sourceType": "local", "computedHash": ""},
        "dep": {"source": "some-package", "sourceType": "node_modules"},
        "odd": {"source": "x", "sourceType": "hub"},
        "secret": {"source": "https://me:s3cret@example.org", "sourceType": "well-known"},
        "gone": {"source": "own/gone", "sourceType": "local"}
        """, in: scene)
    let (before, lock) = (try scene.hash("project"), try scene.read("project/skills-lock.json"))

    let tried = try await scene.agentMesh(["skills", "import", "project", "--dry-run"])
    #expect(tried.status == 0, "\(tried.errors)")
    let planned = try tried.json()["planned"] as? [[String: Any]]
    #expect(planned?.count == 2)
    #expect(try scene.hash("project") == before)

    let imported = try await scene.agentMesh(["skills", "import", "project"])
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(
      try scene.sources() == ["near": "path:./own/near", "pdf": "git+file://\(scene.place)/repo#:skills/pdf"])
    #expect(try scene.read("project/.agents/skills/pdf/scripts/run.sh") == Self.run)
    #expect(scene.exists("project/.claude/skills/near/SKILL.md"))
    let skipped = try #require(try imported.json()["skipped"] as? [[String: Any]])
    #expect(Set(skipped.compactMap { $0["place"] as? String }) == ["dep", "gone", "odd", "secret"])
    #expect(!(imported.errors + imported.output).contains("s3cret"))
    for reason in ["a package of npm", "source type 'hub'", "there is nothing at"] {
      #expect(imported.errors.contains(reason), "\(imported.errors)")
    }
    #expect(try scene.read("project/skills-lock.json") == lock)

    let again = try await scene.agentMesh(["skills", "import", "project"])
    #expect(try again.json()["known"] as? Int == 2, "\(again.errors)")
    #expect(try await scene.agentMesh(["skills", "ci", "project"], as: "two").status == 0)
  }

  @Test func `content that is not what npx skills has locked stops all of it`() async throws {
    let scene = try await Scene.open(authors: [])
    _ = try await repository(in: scene)
    try scene.write(Self.text("near"), to: "project/own/near/SKILL.md")
    let locked = try await hash(Self.text("pdf", "Do something else."), in: scene)
    let found = try await hash(Self.text("pdf"), in: scene)
    try write(
      npx: """
        "near": {"source": "own/near", "sourceType": "local"}, "pdf": \(entry(locked, in: scene))
        """, in: scene)
    let before = try scene.hash("project")
    let refused = try await scene.agentMesh(["skills", "import", "project"])
    #expect(refused.status == 7, "\(refused.errors)")
    #expect(try refused.json()["error"] as? String == "integrity_error")
    for part in ["'pdf'", "skills-lock.json", locked, found] { #expect(refused.errors.contains(part), "\(part)") }
    #expect(try scene.hash("project") == before)

    // The way that the hint names.
    let source = "git+file://\(scene.place)/repo#:skills/pdf"
    #expect(refused.errors.contains("agent-mesh skills add '\(source)'"))
    #expect(try await scene.agentMesh(["skills", "add", source, "project"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "import", "project"]).status == 0)
    #expect(try scene.sources() == ["near": "path:./own/near", "pdf": source])
  }

  @Test func `content that cannot be compared is left out`() async throws {
    let scene = try await Scene.open(authors: [])
    _ = try await repository(in: scene)
    try scene.write("x", to: "repo/skills/pdf/.DS_Store")
    _ = try await scene.commit("repo")
    let hash = try await hash(Self.text("pdf"), in: scene)
    try write(npx: "\"pdf\": \(entry(hash, in: scene))", in: scene)
    let before = try scene.hash("project")
    let outcome = try await scene.agentMesh(["skills", "import", "project"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("'.DS_Store'"), "\(outcome.errors)")
    #expect(try scene.hash("project") == before)
  }

  @Test func `a folder that npx skills has made gives way by force, and is kept`() async throws {
    let scene = try await Scene.open(authors: [])
    _ = try await repository(in: scene)
    let text = Self.text("pdf")
    let hash = try await hash(text, in: scene)
    try write(npx: "\"pdf\": \(entry(hash, in: scene))", in: scene)
    try scene.write(text, to: "project/.agents/skills/pdf/SKILL.md")
    try scene.folder.link("project/.claude/skills/pdf", to: "../../.agents/skills/pdf")
    let before = try scene.hash("project")
    let refused = try await scene.agentMesh(["skills", "import", "project"])
    #expect(refused.status == 5)
    #expect(refused.errors.contains("--force"))
    #expect(try scene.hash("project") == before)
    let forced = try await scene.agentMesh(["skills", "import", "project", "--force"])
    #expect(forced.status == 0, "\(forced.errors)")
    #expect(try scene.read("project/.agents/skills-backup/pdf-1/SKILL.md") == text)
    #expect(try scene.read("project/.claude/skills/pdf/scripts/run.sh") == Self.run)
    #expect(try await scene.agentMesh(["skills", "verify", "project"]).status == 0)
  }

  @Test func `an entry of a site is taken from its index`() async throws {
    let scene = try await Scene.open(authors: [])
    let site = Site([
      "/.well-known/skills/index.json":
        Array(#"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md"]}]}"#.utf8),
      "/.well-known/skills/pdf/SKILL.md": Array(Self.text("pdf").utf8),
    ])
    try write(
      npx: "\"pdf\": {\"source\": \"127.0.0.1\", \"sourceUrl\": \"\(site.url)\", \"sourceType\": \"well-known\"}",
      in: scene)
    let offline = try await scene.agentMesh(["skills", "import", "project", "--offline"])
    #expect(offline.status == 6, "\(offline.errors)")
    let imported = try await scene.agentMesh(["skills", "import", "project"])
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(try scene.sources() == ["pdf": "well-known+\(site.url)#pdf"])
  }

  @Test func `another skills_json gives way when somebody says so, and is kept byte for byte`() async throws {
    let scene = try await Scene.open(authors: [])
    let first = try await repository(in: scene)
    let specifier = "\(scene.place)/repo#main&path:/skills/pdf"
    let manifest = """
      {"installDir": ".agents/skills", "linkTargets": [".claude/skills", ".odd/skills"],
       "skills": {"pdf": "\(specifier)", "dep": "npm:@x/y#path:/dep"}}
      """
    let lock = """
      lockfileVersion: "0.1"
      skills:
        pdf:
          specifier: \(specifier)
          resolution:
            type: git
            url: \(scene.place)/repo
            commit: \(first)
            path: /skills/pdf
          digest: sha256-0
      """
    try scene.write(manifest, to: "project/skills.json")
    try scene.write(lock, to: "project/skills-lock.yaml")
    try scene.write(Self.text("pdf", "Moved on."), to: "repo/skills/pdf/SKILL.md")
    _ = try await scene.commit("repo")
    let before = try scene.hash("project")

    for command in [["skills", "import", "project"], ["skills", "install", "./project"]] {
      let refused = try await scene.agentMesh(command)
      #expect(refused.status == 5, "\(refused.errors)")
      #expect(refused.errors.contains("agent-mesh skills import --replace"), "\(refused.errors)")
    }
    let tried = try await scene.agentMesh(["skills", "import", "project", "--replace", "--dry-run"])
    #expect(tried.status == 0, "\(tried.errors)")
    #expect(try scene.hash("project") == before)

    let imported = try await scene.agentMesh(["skills", "import", "project", "--replace"])
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(imported.errors.contains("left out 'dep'"))
    #expect(imported.errors.contains("'.odd/skills'"))
    #expect(try scene.read("project/skills.json.spm.bak") == manifest)
    #expect(try scene.read("project/skills-lock.yaml") == lock)
    #expect(try scene.sources() == ["pdf": "git+file://\(scene.place)/repo#main:skills/pdf"])
    #expect(try scene.locked("pdf")?["commit"] as? String == first)
    #expect(try scene.read("project/.agents/skills/pdf/SKILL.md") == Self.text("pdf"))

    try scene.clone("project", to: "clone")
    #expect(try await scene.agentMesh(["skills", "ci", "clone"], as: "two").status == 0)
    #expect(try scene.read("clone/.agents/skills/pdf/SKILL.md") == Self.text("pdf"))
    #expect(try await scene.agentMesh(["skills", "update", "pdf", "./project"]).status == 0)
    #expect(try scene.read("project/.agents/skills/pdf/SKILL.md").contains("Moved on."))
  }

  @Test func `what is kept of an earlier import is not overwritten`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("near"), to: "project/own/near/SKILL.md")
    try scene.write(#"{"installDir": "x", "skills": {"near": "link:./own/near"}}"#, to: "project/skills.json")
    try scene.write("earlier", to: "project/skills.json.spm.bak")
    let before = try scene.hash("project")
    let refused = try await scene.agentMesh(["skills", "import", "project", "--replace"])
    #expect(refused.status == 5, "\(refused.errors)")
    #expect(try scene.hash("project") == before)
  }

  @Test(arguments: [
    ("skills-lock.json", "{", 2, "is not JSON"),
    ("skills-lock.json", #"{"version": 1, "skills": {"x": {"source": "o/r"}}}"#, 2, "sourceType: it is missing"),
    ("skills-lock.yaml", "lockfileVersion: '0.1'\nskills: [", 2, "skills-lock.yaml, line"),
  ])
  func `a file that cannot be read changes nothing`(
    file: String, text: String, status: Int32, said: String
  ) async throws {
    let scene = try await Scene.open(authors: [])
    if file.hasSuffix(".yaml") {
      try scene.write(#"{"installDir": "x", "skills": {"a": "https://h/r.git"}}"#, to: "project/skills.json")
    }
    try scene.write(text, to: "project/\(file)")
    let before = try scene.hash("project")
    let outcome = try await scene.agentMesh(["skills", "import", "project", "--replace"])
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    #expect(try scene.hash("project") == before)
  }

  @Test func `a file that is too large is not read`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(String(repeating: " ", count: 1 << 20) + "{}", to: "project/skills-lock.json")
    let outcome = try await scene.agentMesh(["skills", "import", "project"])
    #expect(try outcome.json()["error"] as? String == "file_too_large", "\(outcome.errors)")
  }
}
