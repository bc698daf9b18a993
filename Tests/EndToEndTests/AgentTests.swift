import Foundation
import Testing

/// Skills for several agents, for a user, and the doctor.
@Suite struct AgentTests {
  private func scene() async throws -> Scene {
    let scene = try await Scene.open()
    for name in ["probe", "writer"] {
      try scene.skill(name)
      #expect(try await scene.agentMesh(["skills", "publish", name]).status == 0)
    }
    _ = try scene.project()
    return scene
  }

  private func skills(_ scene: Scene, _ words: String..., status: Int32 = 0) async throws -> [String: Any] {
    let outcome = try await scene.agentMesh(["skills"] + words, as: "somebody")
    #expect(outcome.status == status, "\(words): \(outcome.errors)")
    return try outcome.json()
  }

  private func link(_ scene: Scene, _ path: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: scene.place + "/" + path)
  }

  private func names(_ scene: Scene, _ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scene.place + "/" + path).sorted()
  }

  @Test func `a star is every agent that is used, and nothing is created for others`() async throws {
    let scene = try await scene()
    try scene.write("{}", to: "home-somebody/.claude/settings.json")
    try scene.write("", to: "home-somebody/.codebuddy/settings")
    let detected = try await skills(scene, "targets", "project")["agents"] as? [[String: Any]] ?? []
    let expected = Set(detected.filter { $0["is_detected"] as? Bool == true }.compactMap { $0["folder"] as? String })
    #expect(expected.contains(".claude/skills"))
    _ = try await skills(scene, "install", "acme/probe", "./project", "--agent", "*")
    #expect(expected.contains(".codebuddy/skills"))
    // Of the agents of the machine this one alone gets its folder in a project that has none of theirs.
    #expect(try names(scene, "project").filter { $0.hasPrefix(".") } == [".agents", ".claude"])
    #expect(link(scene, "project/.claude/skills/probe")?.hasSuffix(".agents/skills/probe") == true)
  }

  @Test func `the choice is written down for its project alone, and shown with its reason`() async throws {
    let scene = try await scene()
    #expect(try await skills(scene, "targets", "project")["chosen_by"] as? String == "standard")
    _ = try await skills(scene, "install", "acme/probe", "./project", "--agent", "augment")
    #expect(!scene.exists("project/.claude"))
    #expect(link(scene, "project/.augment/skills/probe") == "../../.agents/skills/probe")
    _ = try scene.project("other")
    _ = try await skills(scene, "install", "acme/writer", "./other")
    #expect(try names(scene, "other").filter { $0.hasPrefix(".") } == [".agents", ".claude"])
    let targets = try await skills(scene, "targets", "project")
    #expect(targets["chosen_by"] as? String == "manifest")
    // Another one comes to those of the project.
    _ = try await skills(scene, "install", "acme/writer", "./project", "--agent", "goose")
    for agent in ["augment", "goose"] { #expect(try scene.read("project/skills.json").contains("\"\(agent)\"")) }
    let rows = targets["agents"] as? [[String: Any]] ?? []
    #expect(rows.filter { $0["is_chosen"] as? Bool == true }.compactMap { $0["id"] as? String } == ["augment"])
  }

  @Test func `all known agents are listed on request`() async throws {
    let scene = try await scene()
    let few = try await skills(scene, "targets", "project")
    let all = try await skills(scene, "targets", "project", "--all")
    let known = try #require(all["known"] as? Int)
    #expect(known >= 80)
    #expect((all["agents"] as? [Any])?.count == known)
    #expect((few["agents"] as? [Any] ?? []).count < known)
    #expect(try names(scene, "project") == [])
  }

  @Test func `copies are real folders that follow their skill`() async throws {
    let scene = try await scene()
    _ = try await skills(scene, "install", "acme/probe", "./project", "--copy")
    #expect(link(scene, "project/.claude/skills/probe") == nil)
    #expect(scene.exists("project/.claude/skills/probe/SKILL.md"))
    #expect(try await skills(scene, "doctor", "project")["success"] as? Bool == true)
  }

  @Test func `a user's own skills are in the home, with links for agents`() async throws {
    let scene = try await scene()
    _ = try await skills(scene, "install", "acme/probe", "-g")
    #expect(scene.exists("home-somebody/.agents/skills/probe/SKILL.md"))
    #expect(link(scene, "home-somebody/.claude/skills/probe") == "../../.agents/skills/probe")
    #expect(try scene.read("home-somebody/.agent-mesh/skills.json").contains("acme/probe"))
    #expect(scene.exists("home-somebody/.agent-mesh/skills.lock"))
    #expect(try names(scene, "project") == [])
    #expect(try await skills(scene, "doctor", "-g")["ailments"] as? [String] == [])
    _ = try await skills(scene, "remove", "probe", "-g")
    #expect(!scene.exists("home-somebody/.agents/skills/probe"))
  }

  @Test func `the doctor says what is wrong, mends what is ours, and tells by its status what is left`() async throws {
    let scene = try await scene()
    _ = try await skills(scene, "install", "acme/probe", "acme/writer", "./project")
    #expect(try await skills(scene, "doctor", "project")["ailments"] as? [String] == [])
    let claude = scene.place + "/project/.claude/skills/"
    try FileManager.default.removeItem(atPath: claude + "probe")
    try FileManager.default.createSymbolicLink(
      atPath: claude + "gone", withDestinationPath: "../../.agents/skills/gone")
    try FileManager.default.createSymbolicLink(atPath: claude + "mine", withDestinationPath: "/nowhere/mine")
    let found = try await skills(scene, "doctor", "project")["ailments"] as? [[String: Any]] ?? []
    #expect(
      found.compactMap { $0["kind"] as? String }.sorted() == ["link_broken", "link_broken", "link_missing"])
    let mended = try await skills(scene, "doctor", "project", "--fix")
    #expect((mended["mended"] as? [Any])?.count == 2)
    #expect((mended["ailments"] as? [[String: Any]])?.compactMap { $0["place"] as? String } == [".claude/skills/mine"])
    #expect(try names(scene, "project/.claude/skills") == ["mine", "probe", "writer"])

    try FileManager.default.removeItem(atPath: scene.place + "/project/.agents/skills/writer")
    _ = try await skills(scene, "doctor", "project", "--fix", status: 1)
    _ = try await skills(scene, "install", "project")
    #expect(try await skills(scene, "doctor", "project")["success"] as? Bool == true)
  }

  @Test func `the doctor sees a project whose manifest no other command takes`() async throws {
    let scene = try await scene()
    try scene.write(#"{"format": 1, "agents": ["clade-code"], "skills": {}}"#, to: "project/skills.json")
    #expect(try await skills(scene, "targets", "project", status: 1)["error"] as? String == "configuration_error")
    let found = try await skills(scene, "doctor", "project", status: 1)["ailments"] as? [[String: Any]] ?? []
    #expect(found.compactMap { $0["kind"] as? String } == ["unknown_agent"])
    #expect((found.first?["remedy"] as? String)?.contains("claude-code") == true)
  }

  @Test func `a shell is offered installed skills and known references`() async throws {
    let scene = try await scene()
    _ = try await skills(scene, "install", "acme/probe", "./project")
    let script = try await scene.agentMesh(["--generate-completion-script", "bash"], as: "somebody").output
    try scene.write(script, to: "complete.bash")
    let bash = try #require(Program.find("bash"))
    let folder = scene.place + "/project"
    for (command, offer) in [("remove", "probe"), ("install", "acme/probe")] {
      var environment = scene.environment(of: "somebody")
      environment["PATH"] = Program.folder + ":/usr/bin:/bin"
      let drive = """
        source ../complete.bash; COMP_WORDS=(agent-mesh skills \(command) ""); COMP_CWORD=3
        COMP_LINE="agent-mesh skills \(command) "; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
        $(complete -p agent-mesh | sed 's/.*-F \\([^ ]*\\).*/\\1/') agent-mesh "" \(command)
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      let outcome = try await Program.run(bash, ["-c", drive], environment: environment, folder: folder)
      #expect(outcome.output.split(separator: "\n").contains(Substring(offer)), "\(outcome.output) \(outcome.errors)")
    }
  }
}
