import Foundation
import TestSupport
import Testing

/// What commands fetch of a repository, and what they do when its history is replaced.
@Suite struct SourceFetchTests {
  private static let names = (1...20).map { "skill-\($0)" }

  private static func text(_ name: String, _ body: String = "Do it.") -> String {
    "---\nname: \(name)\ndescription: Does what \(name) does.\n---\n\n\(body)\n"
  }

  /// Runs a command with a git that writes its arguments down, and returns how often it fetched.
  private func fetches(_ words: [String], as person: String, in scene: Scene) async throws -> Int {
    let git = try #require(Program.find("git"))
    let calls = scene.place + "/calls"
    try? FileManager.default.removeItem(atPath: calls)
    try scene.folder.write("bin/git", "#!/bin/sh\necho \"$*\" >> '\(calls)'\nexec '\(git)' \"$@\"\n", mode: 0o755)
    var environment = scene.environment(of: person)
    environment["PATH"] = "\(scene.place)/bin:/usr/bin:/bin"
    let outcome = try await Program.run(
      Program.agentMesh, ["skills"] + words, environment: environment, folder: scene.place)
    #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    let lines = try String(contentsOfFile: calls, encoding: .utf8).split(separator: "\n")
    return lines.count { $0.contains(" fetch ") }
  }

  @Test func `twenty skills of one repository are fetched once by every command`() async throws {
    let scene = try await Scene.open(authors: [])
    for name in Self.names { try scene.write(Self.text(name), to: "repo/skills/\(name)/SKILL.md") }
    try await scene.commit("repo")
    let project = try scene.project()
    let address = "file://\(scene.place)/repo"

    let added = try await fetches(["add", address, project, "--skill", "*", "--yes"], as: "one", in: scene)
    #expect(added == 1)
    #expect(try scene.sources().count == Self.names.count)
    #expect(try await fetches(["update", "./project"], as: "one", in: scene) == 1)
    try scene.clone("project", to: "clone")
    #expect(try await fetches(["ci", "clone"], as: "two", in: scene) == 1)
    let words = Self.names.prefix(3).map { "\(address)#:skills/\($0)" }
    #expect(try await fetches(["add"] + words + ["--list"], as: "three", in: scene) == 1)
  }

  @Test func `a lock follows a history that was replaced, and ci says how`() async throws {
    let scene = try await Scene.open(authors: [])
    try scene.write(Self.text("pdf"), to: "repo/pdf/SKILL.md")
    try await scene.commit("repo")
    #expect(
      try await scene.agentMesh(["skills", "add", "file://\(scene.place)/repo", try scene.project()]).status == 0)
    try scene.clone("project", to: "clone")

    try await scene.git("checkout", "--quiet", "--orphan", "other", in: "repo")
    try await scene.git("commit", "--quiet", "-m", "rewritten", in: "repo")
    let commit = try await scene.git("rev-parse", "HEAD", in: "repo")
    try await scene.git("branch", "-M", "other", "main", in: "repo")
    try await scene.git("reflog", "expire", "--expire=now", "--all", in: "repo")
    try await scene.git("gc", "--quiet", "--prune=now", in: "repo")

    let refused = try await scene.agentMesh(["skills", "ci", "clone"], as: "two")
    #expect(refused.status == 4, "\(refused.errors)")
    #expect(refused.errors.contains("agent-mesh skills update pdf"), "\(refused.errors)")
    let updated = try await scene.agentMesh(["skills", "update", "./project"])
    #expect(updated.status == 0, "\(updated.errors)")
    #expect(try scene.locked("pdf")?["commit"] as? String == commit)
    try scene.clone("project", to: "clone")
    let installed = try await scene.agentMesh(["skills", "ci", "clone"], as: "two")
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(try await scene.agentMesh(["skills", "verify", "project"]).status == 0)
  }

  @Test func `a name means one skill of a site, whatever the others call themselves`() async throws {
    let scene = try await Scene.open(authors: [])
    let files = #"["SKILL.md"]"#
    let entries = ["a", "b", "pdf"].map { #"{"name":"\#($0)","description":"x","files":\#(files)}"# }
    let site = Site([
      "/.well-known/skills/index.json": Array(#"{"skills":[\#(entries.joined(separator: ","))]}"#.utf8)
    ])
    for name in ["a", "b", "pdf"] { site.put("/.well-known/skills/\(name)/SKILL.md", Array(Self.text("pdf").utf8)) }
    let added = try await scene.agentMesh(["skills", "add", site.url, try scene.project(), "--skill", "pdf"])
    #expect(added.status == 0, "\(added.errors)")
    #expect(try scene.sources() == ["pdf": "well-known+\(site.url)#pdf"])
  }
}
