import SkillInstaller
import Skills
import TestSupport
import Testing

@Suite struct CancellationTests {
  /// Cancels `verb` once the archive of 2.0.0 has half arrived.
  private func cancelled(
    _ scene: Scene, _ verb: @escaping @Sendable () async throws -> Void
  ) async throws -> ErrorCode? {
    let arrived = Signal()
    let archive = try #require(scene.registry.listed("acme/slow", "2.0.0")).archive
    scene.registry.change {
      $0.answers["slow/versions/2.0.0/download"] = { _, connection in
        try connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(archive.count)\r\n\r\n")
        try connection.send(Array(archive.prefix(archive.count / 2)))
        arrived.fire()
        connection.waitForEnd()
      }
    }
    let task = Task { try await verb() }
    await arrived.wait()
    task.cancel()
    return await code { try await task.value }
  }

  private func scene(large: Bool) async throws -> Scene {
    let scene = try Scene()
    let text = noise(large ? 2 << 20 : 100, seed: 9)
    for number in ["1.0.0", "2.0.0"] {
      try scene.registry.publish("acme/slow", number, files: ["noise": number + text])
      try scene.registry.publish("acme/fast", number, files: ["v": number])
    }
    return scene
  }

  @Test(arguments: [true, false])
  func `an install that is cancelled leaves nothing`(large: Bool) async throws {
    let scene = try await scene(large: large)
    let before = try scene.hash()
    let code = try await cancelled(scene) {
      try await scene.install("acme/fast", "acme/slow")
    }
    #expect(code == .cancelled)
    #expect(try scene.hash() == before)
  }

  @Test(arguments: [true, false])
  func `an update that is cancelled leaves every skill as it was`(large: Bool) async throws {
    let scene = try await scene(large: large)
    try await scene.install("acme/fast@1.0.0", "acme/slow@1.0.0")
    let before = try scene.hash()
    let code = try await cancelled(scene) { _ = try await scene.update() }
    #expect(code == .cancelled)
    #expect(try scene.hash() == before)
  }

  @Test func `a task that was cancelled before it began asks nobody`() async throws {
    let scene = try await scene(large: false)
    let gate = Signal()
    let task = Task {
      await gate.wait()
      try await scene.install("acme/fast")
    }
    task.cancel()
    gate.fire()
    #expect(await code { try await task.value } == .cancelled)
    #expect(scene.names(".") == [])
  }

  @Test func `an install that looks for versions without end is cancelled while it looks`() async throws {
    let scene = try Scene()
    let (skills, places) = (0..<14, 0..<13)
    for skill in skills {
      for place in places {
        try scene.registry.publish("acme/skill-\(skill)", "1.\(place).0", needs: ["acme/place-\(place)@1.\(skill).0"])
        try scene.registry.publish("acme/place-\(place)", "1.\(skill).0")
      }
    }
    let asked = Signal()
    let last = try #require(scene.registry.skills["acme/place-12"]).json
    scene.registry.change {
      $0.answers["/index/acme/place-12"] = { _, connection in
        try connection.reply(200, headers: ["Content-Type: application/json"], last)
        asked.fire()
      }
    }
    let references = try skills.map { try SkillReference(parsing: "acme/skill-\($0)") }
    let task = Task { try await scene.installer().perform(.add(references), InstallOptions()) }
    await asked.wait()
    task.cancel()
    #expect(await code { try await task.value } == .cancelled)
    #expect(scene.names(".") == [])
  }
}
