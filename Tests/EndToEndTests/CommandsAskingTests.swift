import Foundation
import Testing

/// Questions, and what comes on stdin.
@Suite(.timeLimit(.minutes(5))) struct CommandsAskingTests {
  private func atTerminal(
    _ scene: Scene, _ arguments: [String], as person: String = "user",
    typing: (Terminal) async throws -> Void = { _ in }
  ) async throws -> Terminal.Ending {
    try await Terminal.run(
      arguments, environment: scene.environment(of: person), folder: scene.place, typing: typing)
  }

  @Test func `an update does what was shown, although there is something newer by then`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("notes", "1.0.0")
    try await shop.install("acme/notes@^1")
    try await shop.publish("notes", "1.1.0")
    let ending = try await atTerminal(shop.scene, ["skills", "update", "acme/notes", "./project"]) { terminal in
      try await terminal.expect("Go on? [y/N]")
      try await shop.publish("notes", "1.2.0")
      terminal.type("y\n")
    }
    #expect(ending.status == 0, "\(ending.transcript)")
    #expect(try shop.version(of: "notes") == "1.1.0")
  }

  @Test func `a skill that an update brings along is shown and asked about`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("base", "1.0.0")
    try await shop.publish("notes", "1.0.0")
    try await shop.install("acme/notes@^1")
    try await shop.publish("notes", "1.1.0", needing: "acme/base")
    let update = ["skills", "update", "acme/notes", "./project"]
    for (answer, version) in [("n", "1.0.0"), ("y", "1.1.0")] {
      let ending = try await atTerminal(shop.scene, update) { terminal in
        try await terminal.expect("Go on? [y/N]")
        terminal.type(answer + "\n")
      }
      #expect(ending.status == (answer == "y" ? 0 : 1), "\(ending.transcript)")
      #expect(ending.transcript.contains("published by"), "\(ending.transcript)")
      #expect(ending.transcript.contains("acme/base"))
      #expect(try shop.version(of: "notes") == version)
    }
    #expect(shop.scene.exists("project/.agents/skills/base"))
  }

  @Test func `a skill that a rollback brings along is shown and asked about`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("base", "1.0.0")
    try await shop.publish("notes", "1.0.0", needing: "acme/base")
    try await shop.install("acme/notes@^1")
    try await shop.publish("notes", "1.1.0")
    #expect(try await shop.skills("update", "acme/notes", "./project").status == 0)
    #expect(!shop.scene.exists("project/.agents/skills/base"))
    let ending = try await atTerminal(shop.scene, ["skills", "rollback", "notes", "project"]) { terminal in
      try await terminal.expect("Install it? [y/N]")
      terminal.type("n\n")
    }
    #expect(ending.status == 1, "\(ending.transcript)")
    #expect(try shop.version(of: "notes") == "1.1.0")
    let agreed = try await atTerminal(shop.scene, ["skills", "rollback", "notes", "project", "--yes"])
    #expect(agreed.status == 0, "\(agreed.transcript)")
    #expect(shop.scene.exists("project/.agents/skills/base"))
  }

  @Test func `a token is asked for and never shown, and the terminal is as it was`() async throws {
    let scene = try await Scene.open()
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    let ending = try await atTerminal(scene, ["login", "--token-stdin"]) { terminal in
      try await terminal.expect("Token:")
      terminal.type(token + "\n")
    }
    #expect(ending.status == 0, "\(ending.transcript)")
    #expect(!ending.transcript.contains(token))
  }

  @Test(arguments: [
    (["login", "--token-stdin"], "Token:"), (["skills", "publish", "--stdin"], "Ctrl-D"),
    (["cache", "clean"], "[y/N]"),
  ])
  func `one Ctrl-C ends the wait for an answer`(words: [String], question: String) async throws {
    let scene = try await Scene.open()
    let ending = try await atTerminal(scene, words, as: "acme") { terminal in
      try await terminal.expect(question)
      terminal.pressControlC()
    }
    #expect(ending.status == 130, "\(ending.transcript)")
  }

  @Test(arguments: [["skills", "unpublish", "acme/notes"], ["cache", "clean"]])
  func `whoever says no gets status 1 and no error`(words: [String]) async throws {
    let scene = try await Scene.open()
    let ending = try await atTerminal(scene, words, as: "acme") { terminal in
      try await terminal.expect("[y/N]")
      terminal.type("n\n")
    }
    #expect(ending.status == 1, "\(ending.transcript)")
    #expect(ending.transcript.contains("nothing was") && !ending.transcript.contains("error:"))
  }

  @Test func `an update at a terminal tells a failure once`() async throws {
    let shop = try await SkillShop.open()
    try await shop.publish("notes", "1.0.0")
    try await shop.install("acme/notes@^1")
    await shop.scene.registry.stop()
    let ending = try await atTerminal(shop.scene, ["skills", "update", "./project", "--yes"])
    #expect(ending.status == 8, "\(ending.transcript)")
    #expect(ending.transcript.contains("notes failed"), "\(ending.transcript)")
    #expect(!ending.transcript.contains("error:"))
  }

  @Test func `what an update brings is told from what it brings back and from what it moves`() async throws {
    let shop = try await SkillShop.open()
    for name in ["base", "notes", "lost"] { try await shop.publish(name, "1.0.0") }
    try await shop.install("acme/notes@^1", "acme/lost@^1")
    try await shop.publish("notes", "1.1.0", needing: "acme/base")
    try FileManager.default.removeItem(atPath: shop.scene.place + "/project/.agents/skills/lost")
    let update = try await shop.skills("update", "./project", "--min-age", "0", "--human")
    for text in ["acme/notes 1.0.0 → 1.1.0", "acme/base 1.0.0 is new", "acme/lost 1.0.0 is back"] {
      #expect(update.output.contains(text), "\(update.output)")
    }
  }
}
