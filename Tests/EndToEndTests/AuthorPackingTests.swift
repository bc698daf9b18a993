import Foundation
import Testing

/// What somebody who makes skills sees before anything is sent.
@Suite struct AuthorPackingTests {
  private func files(_ outcome: Outcome) throws -> [String] {
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    return try outcome.json()["files"] as? [String] ?? []
  }

  private func leftOut(_ author: AuthorFolder) async throws -> [AuthorFolder.Complaint] {
    try await author.findings(["probe"]).filter { $0.rule.hasSuffix("left-out") }
  }

  @Test func `an earlier archive is never packed, whatever the folder is called`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("elsewhere/SKILL.md", AuthorFolder.text("probe"))
    let first = try await author.agentMesh(["skills", "pack", "-o", "probe-1.0.0.tar.gz"], in: "elsewhere")
    #expect(try files(first) == ["SKILL.md"])
    let second = try await author.agentMesh(["skills", "pack", "-o", "probe-1.0.1.tar.gz"], in: "elsewhere")
    #expect(try files(second) == ["SKILL.md"])
    #expect(
      try author.folder.bytes("elsewhere/probe-1.0.0.tar.gz") == author.folder.bytes("elsewhere/probe-1.0.1.tar.gz"))
    let published = try await author.agentMesh(["skills", "publish", "--dry-run"], in: "elsewhere")
    #expect(try files(published) == ["SKILL.md"])
  }

  @Test func `what SKILL_md names and nobody gets is a warning, asked about, and told with the way to have it`()
    async throws
  {
    let author = try AuthorFolder()
    let text =
      AuthorFolder.text("probe") + "\nRun `node dist/cli.js`, read [a](references/build/a.md) and `assets/id.pem`.\n"
    try author.folder.write("probe/SKILL.md", text)
    for name in ["dist/cli.js", "references/build/a.md", "assets/id.pem", "node_modules/x/index.js"] {
      try author.folder.write("probe/\(name)", "x")
    }
    let found = try await leftOut(author)
    #expect(found.map(\.rule) == ["named-file-left-out", "left-out"])
    #expect(found.map(\.file) == ["probe/assets/id.pem", "probe/node_modules/"])
    #expect(found.map(\.severity) == ["warning", "note"])
    #expect(found[0].remedy.contains("!/assets/id.pem"))

    let plan = try await author.agentMesh(["skills", "publish", "--dry-run", "--allow-left-out", "probe"])
    #expect(try files(plan) == ["SKILL.md", "dist/cli.js", "references/build/a.md"])
    #expect(plan.errors.contains("left out assets/id.pem, node_modules/"), "\(plan.errors)")
    let asked = try await author.agentMesh(["skills", "publish", "probe"])
    #expect(asked.errors.contains("--allow-left-out"), "\(asked.errors)")
    let tried = try await author.agentMesh(["skills", "publish", "--dry-run", "probe"])
    #expect(tried.status == asked.status && tried.status == 2)
    #expect(tried.output == asked.output)

    try author.folder.write("probe/.skillignore", "!assets/id.pem\n")
    #expect(try await leftOut(author).map(\.rule) == ["left-out", "left-out"])
    let kept = try await author.agentMesh(["skills", "publish", "--dry-run", "probe"])
    #expect(try files(kept).contains("assets/id.pem"))
  }

  @Test(arguments: [["pack"], ["publish", "--dry-run"], ["publish"]])
  func `a main file alone is neither packed nor published by its name`(command: [String]) async throws {
    let author = try AuthorFolder()
    try author.folder.write("probe/SKILL.md", AuthorFolder.text("probe"))
    try author.folder.write("probe/scripts/run.sh", "echo\n")
    let outcome = try await author.agentMesh(["skills"] + command + ["probe/SKILL.md"])
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(try outcome.json()["error"] as? String == "usage")
    #expect(outcome.errors.contains("folder of the skill") && outcome.errors.contains("--stdin"), "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: author.folder["probe"].string).count == 2)
    #expect(try await author.agentMesh(["skills", "validate", "probe/SKILL.md"]).status == 0)
  }

  @Test func `packing an archive never overwrites it`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("probe/SKILL.md", AuthorFolder.text("probe"))
    #expect(try await author.agentMesh(["skills", "pack", "probe"]).status == 0)
    let name = "probe-1.0.0.tar.gz"
    let before = try author.folder.bytes(name)
    try author.folder.link("same.tar.gz", to: name)
    for words in [[name], ["./" + name, "-o", name], [name, "-o", "same.tar.gz"]] {
      let outcome = try await author.agentMesh(["skills", "pack"] + words)
      #expect(outcome.status == 5, "\(outcome.output)")
      #expect(try outcome.json()["error"] as? String == "conflict")
      #expect(outcome.errors.contains("--output"), "\(outcome.errors)")
      #expect(try author.folder.bytes(name) == before)
    }
    #expect(try await author.agentMesh(["skills", "pack", name, "-o", "other.tar.gz"]).status == 0)
  }

  @Test(arguments: ["zip", "skill", "tar.gz"].filter { $0 == "tar.gz" || Program.find("zip") != nil })
  func `a wrapped archive of another program is a skill for every command`(ending: String) async throws {
    let author = try AuthorFolder()
    try author.folder.write("in/probe/SKILL.md", AuthorFolder.text("probe"))
    try author.folder.write("in/probe/ünï.md", "x")
    try author.folder.write("in/probe/._SKILL.md", "x")
    try author.folder.write("in/__MACOSX/probe/._ünï.md", "x")
    let program = ending == "tar.gz" ? ["tar", "-czf", "../a.\(ending)"] : ["zip", "-qr", "../a.\(ending)"]
    let tool = try #require(Program.find(program[0]))
    let made = try await Program.run(
      tool, Array(program.dropFirst()) + ["probe", "__MACOSX"],
      environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"],
      folder: author.folder["in"].string)
    try #require(made.status == 0, "\(made.errors)")
    let file = "a.\(ending)"
    #expect(try await author.findings([file]).allSatisfy { $0.severity != "error" })
    let expected = ["SKILL.md", "ünï.md"]
    #expect(try files(try await author.agentMesh(["skills", "publish", "--dry-run", file])) == expected)
    #expect(try files(try await author.agentMesh(["skills", "pack", "-o", "out.tar.gz", file])) == expected)
    let added = try await author.agentMesh(["skills", "add", "--list", "./\(file)"])
    #expect(added.status == 0, "\(added.errors)")
  }

  @Test func `a version that is none is replaced by an exact one, and no step begins at it`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("probe/SKILL.md", AuthorFolder.text("probe", "version: v1.2.3\n"))
    let raised = try await author.agentMesh(["skills", "version", "patch", "probe"])
    #expect(raised.status == 2)
    #expect(raised.errors.contains("'v1.2.3'"), "\(raised.errors)")
    #expect(raised.errors.hasSuffix("\n  agent-mesh skills version <version> 'probe'\n"), "\(raised.errors)")
    let set = try await author.agentMesh(["skills", "version", "1.2.3", "probe"])
    #expect(set.status == 0, "\(set.errors)")
    #expect(try set.json()["old"] as? String == "v1.2.3")
    #expect(try await author.agentMesh(["skills", "version", "patch", "probe"]).json()["new"] as? String == "1.2.4")
  }

  @Test func `raising the version keeps who may read the file`() async throws {
    let author = try AuthorFolder()
    for (name, mode) in [("private", 0o600), ("shared", 0o664), ("script", 0o755)] {
      try author.folder.write("\(name)/SKILL.md", AuthorFolder.text(name), mode: mode)
      #expect(try await author.agentMesh(["skills", "version", "minor", name]).status == 0)
      let file = author.folder["\(name)/SKILL.md"].string
      #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == mode)
      #expect(try FileManager.default.contentsOfDirectory(atPath: author.folder[name].string) == ["SKILL.md"])
      #expect(try String(contentsOfFile: file, encoding: .utf8).contains("version: \"1.1.0\""))
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [["validate"], ["version", "patch"], ["pack"]])
  func `a pipe in place of the main file is refused and never waited for`(command: [String]) async throws {
    let author = try AuthorFolder()
    try author.folder.folder("piped")
    try #require(mkfifo(author.folder["piped/SKILL.md"].string, 0o600) == 0)
    let outcome = try await author.agentMesh(["skills"] + command + ["piped"])
    #expect(outcome.status != 0 && outcome.signal == nil)
    #expect((outcome.output + outcome.errors).contains("is not a regular file"))
  }

  @Test(.timeLimit(.minutes(1))) func `a pipe named as a document is refused and never waited for`() async throws {
    let author = try AuthorFolder()
    try #require(mkfifo(author.folder["fifo.md"].string, 0o600) == 0)
    try #require(mkfifo(author.folder["fifo.tar.gz"].string, 0o600) == 0)
    for file in ["fifo.md", "fifo.tar.gz"] {
      let found = try await author.findings([file])
      #expect(found.count == 1 && found.first?.message.contains("is not a regular file") == true, "\(found)")
    }
  }
}
