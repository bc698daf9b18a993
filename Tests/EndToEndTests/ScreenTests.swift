import Foundation
import TestSupport
import Testing

/// What is left on the screen, and what is never sent to it.
@Suite(.timeLimit(.minutes(5))) struct ScreenTests {
  private func run(
    _ scene: Scene, _ arguments: [String], _ variables: [String: String] = [:]
  ) async throws -> Terminal.Ending {
    try await Terminal.run(
      arguments, environment: scene.environment(of: "user").merging(variables) { $1 }, folder: scene.place)
  }

  /// Skills in a folder, whose name is longer than a line when it is asked for.
  private func kit(_ count: Int, longName: Bool = false, in scene: Scene) throws -> String {
    let kit = "kit" + (longName ? "-" + String(repeating: "long", count: 23) : "")
    for number in 1...count {
      try scene.write(
        "---\nname: skill-\(number)\ndescription: Does \(number).\n---\n\nx\n", to: "\(kit)/skill-\(number)/SKILL.md")
    }
    return kit
  }

  @Test(arguments: [1, 100], [false, true])
  func `progress leaves only the result on the screen`(count: Int, longName: Bool) async throws {
    let scene = try await Scene.open()
    let kit = try kit(count, longName: longName, in: scene)
    let ending = try await run(scene, ["skills", "add", "./\(kit)", try scene.project(), "--yes", "--skill", "*"])
    #expect(ending.status == 0, "\(ending.transcript)")
    #expect(ending.transcript.contains("\r\u{1B}[K"))
    for word in ["reading", "fetch", "placing", "[#", "[ "] {
      #expect(!ending.screen.text.contains(word), "\(ending.screen.text)")
    }
    let result = count == 1 ? "Installed skill-1 " : "100 skills in .agents/skills: 100 installed; 100 files."
    #expect(ending.screen.text.contains(result), "\(ending.screen.text)")
    #expect(!ending.screen.text.contains("Installed skill-2 "))
  }

  @Test func `a message begins a line of its own, whatever progress was shown before it`() async throws {
    let scene = try await Scene.open()
    let kit = try kit(2, in: scene)
    try scene.write("no front matter", to: "\(kit)/broken/SKILL.md")
    let ending = try await run(scene, ["skills", "add", "./\(kit)", try scene.project(), "--yes", "--skill", "*"])
    let said = ending.screen.text.split(separator: "\n").filter { $0.contains("warning:") }
    #expect(!said.isEmpty)
    for line in said { #expect(line.hasPrefix("warning:"), "\(line)") }
  }

  @Test func `work that waits for another of us says so once in a log`() async throws {
    let scene = try await Scene.open()
    let kit = try kit(1, in: scene)
    let shared = scene.place + "/" + (try scene.project()) + "/.agents/skills"
    try FileManager.default.createDirectory(atPath: shared, withIntermediateDirectories: true)
    let handle = try #require(FileHandle(forReadingAtPath: shared))
    try #require(flock(handle.fileDescriptor, LOCK_EX) == 0)
    async let outcome = Program.run(
      "/bin/sh", ["-c", "exec \"$@\" 2>talk", "sh", Program.agentMesh, "skills", "add", "./\(kit)", "project"],
      environment: scene.environment(of: "user"), folder: scene.place)
    let deadline = ContinuousClock.now + .seconds(50)
    while (try? scene.read("talk").contains("waiting")) != true, ContinuousClock.now < deadline { await Task.yield() }
    flock(handle.fileDescriptor, LOCK_UN)
    #expect(try await outcome.status == 0)
    let said = try scene.read("talk")
    #expect(said.split(separator: "\n").filter { $0.contains("waiting for another agent-mesh") }.count == 1, "\(said)")
  }

  @Test(arguments: [
    ["TERM": "dumb"], ["NO_COLOR": "1"], ["NO_COLOR": "", "TERM": "xterm"],
  ])
  func `colours are for terminals that want them`(variables: [String: String]) async throws {
    let scene = try await Scene.open()
    try scene.skill("notes")
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let wantsColours = variables["NO_COLOR"] == ""
    let project = try scene.project()
    for words in [
      ["install", "acme/notes", project, "--yes"], ["installed", project], ["remove", "nothing", project],
    ] {
      let ending = try await run(scene, ["skills"] + words, variables)
      #expect(ending.screen.isColoured == wantsColours, "\(ending.transcript)")
      if variables["TERM"] == "dumb" { #expect(!ending.transcript.contains("\u{1B}")) }
    }
    let piped = try await scene.agentMesh(["skills", "installed", project, "--human"], as: "user")
    #expect(!piped.output.contains("\u{1B}"))
    #expect(!piped.errors.contains("\u{1B}"))
  }

  @Test func `a finding keeps our colours, and what is foreign in it is shown as text`() async throws {
    let scene = try await Scene.open()
    try scene.skill("notes")
    try scene.write("x", to: "notes/a\u{1B}[2Jb.txt")
    for words in [["pack", "notes"], ["publish", "notes"]] {
      let ending = try await run(scene, ["skills"] + words)
      #expect(ending.status == 2, "\(words): \(ending.transcript.debugDescription)")
      #expect(ending.screen.foreign == [] && ending.screen.isColoured, "\(ending.transcript.debugDescription)")
      #expect(ending.screen.text.contains(#"a\u{1B}[2Jb.txt"#), "\(ending.transcript.debugDescription)")
    }
  }

  @Test func `a description of several lines is shown on one`() async throws {
    let scene = try await Scene.open()
    try scene.write(
      "---\nname: notes\ndescription: |\n  Takes notes.\n  Use it always.\n---\n\nx\n", to: "notes/SKILL.md")
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    for words in [["list"], ["info", "acme/notes"], ["search", "notes"], ["add", "./notes", "--list"]] {
      let outcome = try await scene.agentMesh(["skills"] + words + ["--human"])
      #expect(outcome.output.contains("Takes notes. Use it always."), "\(words): \(outcome.output)")
    }
  }

  @Test(arguments: [[:], ["NO_COLOR": "1"], ["TERM": "dumb"]] as [[String: String]])
  func `nothing that a registry says reaches the terminal as more than text`(variables: [String: String]) async throws {
    let scene = try await Scene.open()
    try scene.skill("notes")
    #expect(try await scene.agentMesh(["skills", "publish", "notes"]).status == 0)
    let project = try scene.project()
    #expect(try await scene.agentMesh(["skills", "install", "acme/notes", project], as: "user").status == 0)
    let hostile = HostileRegistry()
    for file in ["skills.json", "skills.lock", ".agents/skills/notes/.agent-mesh.json"] {
      let path = "\(project)/\(file)"
      try scene.write(scene.read(path).replacingOccurrences(of: scene.registry.url, with: hostile.url), to: path)
    }
    try scene.write(HostileRegistry.evil, to: "\(project)/.agents/skills/other/SKILL.md")
    for words in [
      ["search", "notes"], ["info", "acme/notes"], ["info", "acme/gone"], ["list"], ["use", "acme/notes", project],
      ["diff", "notes", project], ["installed", project, "--check-updates"], ["outdated", project],
      ["audit", project], ["update", project, "--dry-run"], ["install", "acme/other", project, "--dry-run"],
      ["verify", project], ["doctor", project], ["tree", project], ["why", "notes", project], ["export", project],
      ["validate", "\(project)/.agents/skills/other"], ["add", "\(project)/.agents/skills/other", "--list"],
    ] {
      let ending = try await run(
        scene, ["skills"] + words, variables.merging(["AGENT_MESH_REGISTRY": hostile.url]) { $1 })
      #expect(ending.screen.foreign == [], "\(words): \(ending.transcript.debugDescription)")
      if !variables.isEmpty { #expect(!ending.screen.isColoured, "\(words)") }
      if variables["TERM"] == "dumb" { #expect(!ending.transcript.contains("\u{1B}"), "\(words)") }
    }
    for words in [
      ["status", "--check"], ["whoami"], ["login"], ["tokens", "list"], ["tokens", "revoke", "1"], ["subscriptions"],
      ["subscribe", "acme"], ["profile", "copy-login-email"],
    ] {
      let ending = try await run(
        scene, words, variables.merging(["AGENT_MESH_REGISTRY": hostile.url, "AGENT_MESH_TOKEN": "sk_x"]) { $1 })
      #expect(ending.screen.foreign == [], "\(words): \(ending.transcript.debugDescription)")
    }
    #expect(hostile.server.requests.count > 8)
  }
}
