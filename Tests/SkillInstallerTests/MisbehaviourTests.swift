import HTTPTransport
import SkillArchive
import SkillInstaller
import Skills
import TestSupport
import Testing

/// A registry that cannot be trusted in one way or another (CL1).
@Suite struct MisbehaviourTests {
  private func scene() throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    try scene.registry.publish("acme/probe", "2.0.0", files: ["v": "2"])
    return scene
  }

  private func installer(_ scene: Scene, _ misbehaviour: Misbehaviour) throws -> SkillInstaller {
    let timeouts = misbehaviour.code == .timeout ? Timeouts(total: .milliseconds(200)) : Timeouts()
    return SkillInstaller(client: try scene.registry.client(timeouts: timeouts), targets: try scene.targets())
  }

  @Test(arguments: Misbehaviour.all)
  func `a fresh install fails for its own reason and writes nothing`(misbehaviour: Misbehaviour) async throws {
    let scene = try scene()
    try misbehaviour.apply(scene.registry)
    let installer = try installer(scene, misbehaviour)
    let before = try scene.hash()
    let references = [try SkillReference(parsing: "acme/probe@2.0.0")]
    let code = await code { try await installer.install(references, InstallOptions()) }
    #expect(code == misbehaviour.code, "\(misbehaviour)")
    #expect(try scene.hash() == before, "\(misbehaviour)")
  }

  @Test(arguments: Misbehaviour.all)
  func `an update leaves the old version as it was`(misbehaviour: Misbehaviour) async throws {
    let scene = try scene()
    try await scene.install("acme/probe@1.0.0")
    try misbehaviour.apply(scene.registry)
    let installer = try installer(scene, misbehaviour)
    let before = try scene.hash()
    let outcome = try await installer.update(only: nil, InstallOptions(force: true))
    #expect(outcome.moved == [], "\(misbehaviour)")
    // Without a newer version in the index there is nothing to do, which is no failure.
    let isWithdrawn = outcome.reasons == ["probe up_to_date"] && misbehaviour.code == .gone
    #expect(isWithdrawn || outcome.failures == ["probe \(misbehaviour.code.rawValue)"], "\(misbehaviour)")
    #expect(try scene.hash() == before, "\(misbehaviour)")
  }

  @Test(arguments: HostileArchives.all)
  func `a hostile archive that the index describes truly is refused`(archive: HostileArchive) async throws {
    let scene = try scene()
    try await scene.install("acme/probe@1.0.0")
    scene.registry.amend("acme/probe", "2.0.0") { $0 = $0.carrying(archive.bytes) }
    let before = try scene.hash()
    #expect(try await scene.update().failures == ["probe integrity_error"], "\(archive)")
    #expect(await code { try await scene.install("acme/probe@2.0.0", force: true) } == .integrityError, "\(archive)")
    #expect(try scene.hash() == before, "\(archive)")
  }

  @Test(arguments: TameArchives.all)
  func `an archive that is good but not canonical is refused`(archive: TameArchive) async throws {
    let scene = try scene()
    scene.registry.amend("acme/probe", "2.0.0") { $0 = $0.carrying(archive.bytes) }
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe@2.0.0") } == .integrityError, "\(archive)")
    #expect(try scene.hash() == before, "\(archive)")
  }

  @Test func `there are many ways to misbehave, each with a name of its own`() {
    #expect(Misbehaviour.all.count >= 100)
    #expect(Set(Misbehaviour.all.map(\.name)).count == Misbehaviour.all.count)
  }

  @Test func `an archive within the limits of the registry and beyond ours is refused before it is fetched`() async throws {
    let scene = try scene()
    var limits = ArchiveLimits()
    limits.compressedBytes = 100
    let installer = try scene.installer(limits: limits)
    let references = [try SkillReference(parsing: "acme/probe")]
    #expect(await code { try await installer.install(references, InstallOptions()) } == .integrityError)
    #expect(scene.registry.server.requests.allSatisfy { $0.target.hasPrefix("/index/") })
  }

  @Test func `what the registry says reaches the person without its control characters`() async throws {
    let scene = try scene()
    scene.registry.change {
      $0.answers["/index/acme/probe"] = { _, connection in
        try connection.reply(403, #"{"code":"forbidden","message":"\u001b]52;c;evil\u0007","hint":"a\u202eb"}"#)
      }
    }
    let error = await #expect(throws: MeshError.self) { try await scene.install("acme/probe") }
    #expect(error?.description.unicodeScalars.contains { TerminalText.isUnsafe($0) } == false)
  }

  @Test func `a name in the index reaches the person without its control characters`() async throws {
    let scene = try scene()
    scene.registry.change { $0.skills["acme/probe"]?.name = "acme/\\u001b[2J" }
    let error = await #expect(throws: MeshError.self) { try await scene.install("acme/probe") }
    #expect(error?.code == .integrityError)
    #expect(error?.description.unicodeScalars.contains { TerminalText.isUnsafe($0) } == false)
  }
}
