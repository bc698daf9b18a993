import Foundation
import TestSupport
import Testing

@Suite struct SafetyTests {
  @Test func `edited and foreign folders are never overwritten or removed unless forced, and then they are kept`()
    async throws
  {
    let scene = try await Scene.open()
    try scene.skill("notes")
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/notes", project]).status == 0)

    try scene.write("my own words", to: "project/.agents/skills/notes/SKILL.md")
    try scene.skill("notes", version: "1.1.0")
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let update = try await scene.agentMesh(["skills", "update", "--min-age", "0", "./project"]).json()
    #expect(((update["skipped"] as? [[String: Any]])?.first?["reason"] as? String) == "local_edits")
    let removal = try await scene.agentMesh(["skills", "remove", "notes", project])
    #expect(removal.status == 5)
    #expect(removal.errors.contains("SKILL.md"))
    #expect(try scene.read("project/.agents/skills/notes/SKILL.md") == "my own words")

    #expect(try await scene.agentMesh(["skills", "update", "--force", "--min-age", "0", "./project"]).status == 0)
    #expect(try scene.read("project/.agents/skills-backup/notes-1/SKILL.md") == "my own words")
    #expect(try scene.read("project/.agents/skills/notes/SKILL.md") == scene.read("notes/SKILL.md"))

    try scene.write("somebody else's", to: "project/.claude/skills/other/SKILL.md")
    try scene.skill("other")
    #expect(try await scene.agentMesh(["skills", "publish", "other"]).status == 0)
    let conflict = try await scene.agentMesh(["skills", "install", "acme/other", project])
    #expect(conflict.status == 5)
    #expect(!scene.exists("project/.agents/skills/other"))
    #expect(try scene.read("project/.claude/skills/other/SKILL.md") == "somebody else's")
    #expect(try await scene.agentMesh(["skills", "install", "acme/other", project, "--force"]).status == 0)
    #expect(try scene.read("project/.agents/skills-backup/other-1/SKILL.md") == "somebody else's")
  }

  @Test(arguments: ["../../victim", "a/..", "..", "acme/x/../../y", "/etc", "acme/", "ACME/x", "acme/x\u{1B}[2J"])
  func `no name leads out of the skills folder`(name: String) async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write("precious", to: "victim/file")
    try scene.write("precious", to: "project/.agents/skills/mine/SKILL.md")
    for command in [["remove", name, "project", "--force"], ["install", name, "./project", "--force"]] {
      let outcome = try await scene.agentMesh(["skills"] + command, as: "somebody")
      #expect(outcome.status == 2, "\(command): \(outcome.errors)")
      #expect(!outcome.errors.contains("\u{1B}"))
    }
    #expect(try scene.read("victim/file") == "precious")
    #expect(try scene.read("project/.agents/skills/mine/SKILL.md") == "precious")
  }

  @Test func `an update stops at a registry that changed what it had published`() async throws {
    let scene = try await Scene.open()
    try scene.skill("drift")
    #expect(try await scene.agentMesh(["skills", "publish", "drift"]).status == 0)
    #expect(try await scene.agentMesh(["skills", "install", "acme/drift", try scene.project()]).status == 0)
    let mark = "project/.agents/skills/drift/.agent-mesh.json"
    let other = "sha256:" + String(repeating: "0", count: 64)
    let text = try scene.read(mark).replacing(
      /"digest": "sha256:[0-9a-f]+",\n  "size"/, with: "\"digest\": \"\(other)\",\n  \"size\"")
    try scene.write(text, to: mark)
    let outcome = try await scene.agentMesh(["skills", "update", "--min-age", "0", "./project"])
    #expect(outcome.status == 8)
    #expect(outcome.output.contains("integrity_error"))
  }

  @Test func `a damaged archive in the registry is refused by the installer and found by the check`() async throws {
    let scene = try await Scene.open()
    try scene.skill("rotten", files: ["notes.md": String(repeating: "text ", count: 500)])
    let digest = try #require(
      try await scene.agentMesh(["skills", "publish", "rotten"]).json()["digest"] as? String)
    let name = String(digest.dropFirst(7))
    let blob = "registry-data/blobs/sha256/\(name.prefix(2))/\(name)"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: scene.place + "/" + blob))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: scene.place + "/" + blob))
    let outcome = try await scene.agentMesh(["skills", "install", "acme/rotten", try scene.project()])
    #expect(outcome.status != 0)
    #expect(!scene.exists("project/.agents/skills/rotten"))
    let check = try await scene.administer(["check"])
    #expect(check.status == 1)
    #expect(check.output.contains(name))
  }

  @Test func `sixteen installs at once into one project leave one whole skill`() async throws {
    let scene = try await Scene.open()
    try scene.skill("crowd", files: ["a.md": "a", "b/c.md": "c"])
    #expect(try await scene.agentMesh(["skills", "publish", "crowd"]).status == 0)
    let project = try scene.project()
    let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
      for _ in 0..<16 {
        group.addTask { try await scene.agentMesh(["skills", "install", "acme/crowd", project]).status }
      }
      return try await group.reduce(into: [Int32]()) { $0.append($1) }
    }
    // Whoever comes second finds it done already.
    #expect(statuses == Array(repeating: 0, count: 16))
    #expect(try scene.read("project/.agents/skills/crowd/b/c.md") == "c")
    #expect(!scene.exists("project/.agents/skills/.agent-mesh"))
  }

  @Test func `a change may have more skills than a process may have open files`() async throws {
    let scene = try await Scene.open()
    for number in 1...70 {
      try scene.write("---\nname: s\(number)\ndescription: Does \(number).\n---\n\nx\n", to: "kit/s\(number)/SKILL.md")
    }
    let project = try scene.project()
    func run(_ words: [String]) async throws -> Outcome {
      try await Program.run(
        "/bin/sh", ["-c", "ulimit -n 64; exec \"$@\"", "sh", Program.agentMesh, "skills"] + words,
        environment: scene.environment(of: "user"), folder: scene.place)
    }
    let added = try await run(
      ["add", "./kit", project, "--yes", "--skill", "*", "--agent", "claude-code", "codex"])
    #expect(added.status == 0, "\(added.errors)")
    // Every skill is edited, replaced, and kept.
    for number in 1...70 { try scene.write("mine", to: "\(project)/.agents/skills/s\(number)/SKILL.md") }
    let forced = try await run(["install", "--force", "./\(project)"])
    #expect(forced.status == 0, "\(forced.errors)")
    #expect(try scene.read("\(project)/.agents/skills-backup/s70-1/SKILL.md") == "mine")
    let removed = try await run(["remove"] + (1...70).map { "s\($0)" } + [project])
    #expect(removed.status == 0, "\(removed.errors)")
    #expect(!scene.exists("\(project)/.agents/skills/s1"))
  }

  /// Whether this machine lets us mount a disk that is small enough to fill; being root is not always enough.
  private static let canMount: Bool = {
    guard getuid() == 0, let mount = Program.find("mount"), let unmount = Program.find("umount"),
      let folder = try? TemporaryFolder()
    else { return false }
    let place = folder.path.string
    return succeeds(mount, ["-t", "tmpfs", "-o", "size=64k", "tmpfs", place]) && succeeds(unmount, [place])
  }()

  private static func succeeds(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test(.enabled(if: canMount))
  func `a full disk leaves the old version in place and says so`() async throws {
    let mount = try #require(Program.find("mount"))
    let scene = try await Scene.open()
    try scene.skill("big")
    #expect(try await scene.agentMesh(["skills", "publish", "big"]).status == 0)
    let project = try scene.project()
    let plain = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]
    let mounted = try await Program.run(
      mount, ["-t", "tmpfs", "-o", "size=256k", "tmpfs", project], environment: plain, folder: scene.place)
    try #require(mounted.status == 0, "\(mounted.errors)")
    do {
      #expect(try await scene.agentMesh(["skills", "install", "acme/big", project]).status == 0)
      try scene.skill(
        "big", version: "2.0.0",
        files: ["blob.txt": String((0..<400_000).map { _ in "0123456789abcdef".randomElement()! })])
      #expect(try await scene.agentMesh(["skills", "publish", "big"]).status == 0)
      let update = try await scene.agentMesh(["skills", "update", "--latest", "--min-age", "0", "./project"])
      #expect(update.status == 8)
      #expect(update.output.contains("storage_full"))
      #expect(try scene.read("project/.agents/skills/big/SKILL.md").contains("1.0.0"))
      #expect(!scene.exists("project/.agents/skills/.agent-mesh"))
      #expect(try await scene.agentMesh(["skills", "remove", "big", project]).status == 0)
    } catch {
      Issue.record(error)
    }
    _ = try await Program.run(Program.find("umount") ?? "umount", [project], environment: plain, folder: scene.place)
  }

  @Test(.enabled(if: canMount))
  func `a registry on a full disk refuses the publish, keeps what it has, and goes on serving`() async throws {
    let mount = try #require(Program.find("mount"))
    let scene = try await Scene.open()
    let plain = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]
    let data = scene.place + "/small"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let mounted = try await Program.run(
      mount, ["-t", "tmpfs", "-o", "size=1m", "tmpfs", data], environment: plain, folder: scene.place)
    try #require(mounted.status == 0, "\(mounted.errors)")
    do {
      let registry = try await Registry.start(data: data)
      let administer = { (arguments: [String]) in
        try await Program.run(
          Program.registry, arguments + ["--data", data], environment: plain, folder: scene.place)
      }
      #expect(try await administer(["author", "create", "acme"]).status == 0)
      let token = try await administer(["token", "create", "--author", "acme"]).output
      let login = try await scene.agentMesh(["login", "--registry", registry.url, "--token-stdin"], input: token)
      #expect(login.status == 0)
      try scene.skill("small")
      let there = ["--registry", registry.url]
      #expect(try await scene.agentMesh(["skills", "publish", "small"] + there).status == 0)
      try scene.skill(
        "huge", files: ["noise.txt": String((0..<2_000_000).map { _ in "0123456789abcdef".randomElement()! })])
      let refused = try await scene.agentMesh(["skills", "publish", "huge"] + there)
      #expect(refused.status == 1)
      #expect(try refused.json()["error"] as? String == "storage_full", "\(refused.output)")
      #expect(try await scene.agentMesh(["skills", "install", "acme/small", try scene.project()] + there).status == 0)
      #expect(try await scene.agentMesh(["skills", "info", "acme/huge"] + there).status == 4)
      await registry.stop()
      #expect(try await administer(["check"]).status == 0)
    } catch {
      Issue.record(error)
    }
    _ = try await Program.run(Program.find("umount") ?? "umount", [data], environment: plain, folder: scene.place)
  }
}
