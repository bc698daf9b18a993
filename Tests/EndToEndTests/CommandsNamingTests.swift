import Foundation
import Testing

/// What the words mean that somebody types behind a command.
@Suite struct CommandsNamingTests {
  @Test(arguments: ["remove", "update"])
  func `another author's skill of the same name is never touched`(command: String) async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("mover", "1.0.0")
    try await shop.install("acme/mover@^1")
    try await shop.publish("mover", "1.1.0")
    let refused = try await shop.skills(command, "bob/mover", shop.project)
    #expect(refused.status == 4, "\(refused.output)")
    #expect(try refused.json()["error"] as? String == "not_installed")
    #expect(refused.errors.contains("acme/mover"))
    #expect(try shop.version(of: "mover") == "1.0.0")
  }

  @Test func `a skill under another name is reached by its reference and by its folder`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("mv", "1.0.0")
    try await shop.install("acme/mv@^1", "--as", "mover")
    try await shop.publish("mv", "1.1.0")
    let updated = try await shop.skills("update", "acme/mv", "./project")
    #expect(updated.status == 0, "\(updated.errors)")
    #expect(try shop.version(of: "mover") == "1.1.0")
    let removed = try await shop.skills("remove", "acme/mv", "./project")
    #expect(removed.status == 0, "\(removed.errors)")
    #expect(!shop.scene.exists("project/.agents/skills/mover"))
  }

  @Test func `a folder that nobody installed is removed by its name`() async throws {
    let scene = try await Scene.open()
    try scene.write("---\nname: mine\ndescription: Mine.\n---\n", to: "project/.agents/skills/mine/SKILL.md")
    let removed = try await scene.agentMesh(["skills", "remove", "mine", "project", "--force"])
    #expect(removed.status == 0, "\(removed.errors)")
    #expect(!scene.exists("project/.agents/skills/mine"))
  }

  @Test func `several skills are updated by their folders' names`() async throws {
    let shop = try await SkillShop.open()
    for name in ["one", "two"] { try await shop.publish(name, "1.0.0") }
    try await shop.install("acme/one@^1", "acme/two@^1")
    for name in ["one", "two"] { try await shop.publish(name, "1.1.0") }
    let environment = shop.scene.environment(of: "user")
    let updated = try await Program.run(
      Program.agentMesh, ["skills", "update", "one", "two"], environment: environment,
      folder: shop.scene.place + "/project")
    #expect(updated.status == 0, "\(updated.errors)")
    #expect(try shop.version(of: "one") == "1.1.0")
    #expect(try shop.version(of: "two") == "1.1.0")
  }

  @Test func `what reads as a reference is a skill, whatever folder has that name`() async throws {
    let scene = try await Scene.open()
    #expect(try await scene.agentMesh(["skills", "publish", try scene.skill("mv")]).status == 0)
    try FileManager.default.createDirectory(atPath: scene.place + "/acme/mv", withIntermediateDirectories: true)
    let installed = try await scene.agentMesh(["skills", "install", "acme/mv"])
    #expect(installed.status == 0, "\(installed.errors)")
    #expect(installed.errors.contains("./acme/mv"))
    #expect(scene.exists(".agents/skills/mv/SKILL.md"))
    #expect(!scene.exists("acme/mv/.agents"))
  }

  @Test(arguments: ["https://github.com/a/b", "./kit"])
  func `a source that is given to install is sent to add`(word: String) async throws {
    let scene = try await Scene.open(authors: [])
    let outcome = try await scene.agentMesh(["skills", "install", word, try scene.project()], as: "user")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("agent-mesh skills add \(word)"))
  }

  @Test(arguments: ["--version", "-v", "-V"]) func `the version is printed where it is asked for`(_ flag: String)
    async throws
  {
    let outcome = try await Program.run(Program.agentMesh, [flag], environment: ["HOME": "/nonexistent"], folder: "/")
    #expect(outcome.status == 0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\S*\n/) != nil)
  }

  @Test func `a version of a skill is named in its reference or by an option, and never means that of the program`()
    async throws
  {
    let shop = try await SkillShop.open()
    let author = { (words: String...) in try await shop.scene.agentMesh(["skills"] + words) }
    for number in ["1.0.0", "1.1.0", "1.2.0"] { try await shop.publish("x", number) }
    let yanked = try await author("yank", "acme/x", "--version", "1.0.0")
    #expect(try yanked.json()["yanked"] as? Bool == true, "\(yanked.errors)")
    #expect(try await author("info", "acme/x@1.0.0").json()["status"] as? String == "yanked")
    #expect(try await author("info", "acme/x@1.1.0").json()["version"] as? String == "1.1.0")
    #expect(try await author("info", "acme/x@7.0.0").status == 4)
    #expect(try await author("unpublish", "acme/x@1.1.0", "--version", "1.2.0", "--yes").status == 2)
    #expect(try await author("unpublish", "acme/x@1.1.0", "--yes").status == 0)
    #expect(try await author("info", "acme/x").json()["version"] as? String == "1.2.0")
    let stray = try await author("list", "--version")
    #expect(stray.status == 2)
  }

  @Test(arguments: [["skills", "use"], ["skills", "export", "--bogus"]])
  func `a command that prints no JSON into a pipe prints none for wrong usage either`(words: [String]) async throws {
    let outcome = try await Program.run(Program.agentMesh, words, environment: ["HOME": "/nonexistent"], folder: "/")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
  }
}
