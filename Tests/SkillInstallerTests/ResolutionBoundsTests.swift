import HTTPTransport
import RegistryAPI
import SkillInstaller
import Skills
import TestSupport
import Testing

/// Registries whose skills need more and more.
@Suite struct ResolutionBoundsTests {
  /// Every skill needs `width` others that nobody has heard of.
  private func scene(width: Int) throws -> Scene {
    let scene = try Scene()
    scene.registry.change { contents in
      contents.invention = { name in
        var skill = FakeSkill(name: name)
        guard var version = try? FakeVersion(of: "probe", "1.0.0") else { return skill }
        version.needs = (0..<width).map { "\(name)-\($0)" }
        skill.versions = [version]
        return skill
      }
    }
    return scene
  }

  private func plan(_ scene: Scene, _ change: (inout ResolutionBounds) -> Void = { _ in }) async throws -> ErrorCode? {
    var bounds = ResolutionBounds()
    change(&bounds)
    let installer = try scene.installer(bounds: bounds)
    let reference = try SkillReference(parsing: "acme/a")
    return await code { _ = try await installer.plan(.add([reference]), InstallOptions(saves: true)).plan }
  }

  @Test func `dependencies that fan out end at the bound on skills, before anybody is asked for more`() async throws {
    let scene = try scene(width: 20)
    #expect(try await plan(scene) == .unresolvable)
    #expect(scene.registry.server.requests.count { $0.target.hasPrefix("/index/acme/a") } <= 2_000)
    #expect(scene.names(".") == [])
  }

  @Test func `a chain of dependencies ends at the bound on its length`() async throws {
    let scene = try scene(width: 1)
    #expect(try await plan(scene) { $0.depth = 10 } == .unresolvable)
    #expect(scene.registry.server.requests.count { $0.target.hasPrefix("/index/acme/a") } == 11)
  }

  @Test func `indexes end at the bound on their bytes`() async throws {
    let scene = try scene(width: 1)
    #expect(try await plan(scene) { $0.bytes = 2_000 } == .unresolvable)
    #expect(scene.registry.server.requests.count < 20)
  }

  @Test func `once indexes meet the bound on their bytes, no more of them are asked for`() async throws {
    let scene = try scene(width: 20)
    // Each takes more than 5,000.
    #expect(try await plan(scene) { $0.bytes = 40_000 } == .unresolvable)
    // Eight at once, and one more for each that came; not all twenty.
    #expect(scene.registry.server.requests.count { $0.target.hasPrefix("/index/acme/a") } <= 17)
  }

  @Test func `the indexes of 900 skills with a hundred versions each are within the bound`() throws {
    var skill = FakeSkill(name: "acme/skill-100")
    var version = try FakeVersion(of: "skill-100", "1.0.0")
    version.needs = ["acme/base@^1.2", "acme/other@^2"]
    for number in 0..<100 {
      version.version = "1.\(number).0"
      skill.versions.append(version)
    }
    let document = try WireCoding.decode(IndexDocument.self, from: skill.json.utf8)
    #expect(900 * document.footprint <= ResolutionBounds().bytes)
  }

  @Test func `an index is read no further by whoever is interrupted`() async throws {
    var skill = FakeSkill(name: "acme/long")
    skill.versions = [try FakeVersion(of: "long", "1.0.0")]
    let json = skill.json
    let interrupted = Signal()
    let task = Task {
      await interrupted.wait()
      return try WireCoding.decode(IndexDocument.self, from: json.utf8).name
    }
    task.cancel()
    interrupted.fire()
    #expect(await code { try await task.value } == .cancelled)
  }

  @Test(.timeLimit(.minutes(5))) func `a registry that does not answer ends at the bound on time`() async throws {
    let scene = try scene(width: 1)
    scene.registry.change {
      $0.answers["/index/acme/a-0"] = { _, connection in connection.waitForEnd() }
    }
    #expect(try await plan(scene) { $0.duration = .milliseconds(300) } == .timeout)
    #expect(scene.names(".") == [])
  }

  @Test(.timeLimit(.minutes(5))) func `downloads take nothing from the time of the next resolution`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/base", "1.0.0")
    try scene.registry.publish("acme/app", "1.0.0", needs: ["acme/base"])
    try await scene.add("acme/app")
    // The index of what only the old version needs is read when the new one cannot be had.
    try scene.registry.publish("acme/app", "1.1.0")
    scene.registry.change { $0.answers["/1.1.0/download"] = { _, connection in connection.waitForEnd() } }
    var bounds = ResolutionBounds()
    bounds.duration = .seconds(10)
    let client = try scene.registry.client(timeouts: Timeouts(total: .seconds(12)))
    let installer = SkillInstaller(registries: Registries(client), targets: try scene.targets(), bounds: bounds)
    let outcome = try await installer.update(UpdateRequest(), InstallOptions(saves: true))
    #expect(outcome.failures == ["app timeout"])
    #expect(try scene.locked == ["acme/app 1.0.0", "acme/base 1.0.0"])
  }

  @Test(.timeLimit(.minutes(5))) func `a chain of dependencies is left in its midst by whoever is interrupted`()
    async throws
  {
    let scene = try scene(width: 1)
    let asked = Signal()
    scene.registry.change {
      $0.answers["/index/acme/a-0-0-0"] = { _, connection in
        asked.fire()
        connection.waitForEnd()
      }
    }
    let task = Task {
      // Nobody waits for a question that is not asked.
      defer { asked.fire() }
      return try await plan(scene)
    }
    await asked.wait()
    task.cancel()
    #expect(try await task.value == .cancelled)
  }
}
