import HTTPTransport
import SkillArchive
import SkillInstaller
import Skills
import TestSupport
import Testing

/// A registry that cannot be trusted in one way or another.
@Suite struct MisbehaviourTests {
  private static let versions = Result {
    try ["1.0.0", "2.0.0"].map { try FakeVersion(of: "probe", $0, files: ["v": $0]) }
  }

  private func scene() throws -> Scene {
    let scene = try Scene()
    let skill = FakeSkill(name: "acme/probe", versions: try Self.versions.get())
    scene.registry.change { $0.skills[skill.name] = skill }
    return scene
  }

  @Test(arguments: Misbehaviour.all)
  func `updating and installing fail for their own reason and change nothing`(misbehaviour: Misbehaviour) async throws {
    let scene = try scene()
    try await scene.install("acme/probe@1.0.0")
    try scene.makeFolder("fresh")
    try misbehaviour.apply(scene.registry)
    let timeouts = misbehaviour.code == .timeout ? Timeouts(total: .milliseconds(200)) : Timeouts()
    let client = try scene.registry.client(timeouts: timeouts)
    let before = try scene.hash()

    let fresh = SkillInstaller(client: client, targets: try InstallTargets(project: scene["fresh"]))
    let references = [try SkillReference(parsing: "acme/probe@2.0.0")]
    #expect(await code { try await fresh.install(references, InstallOptions()) } == misbehaviour.code)

    let installer = SkillInstaller(client: client, targets: try scene.targets())
    let outcome = try await installer.update(UpdateRequest(), InstallOptions(force: true))
    #expect(outcome.moved == [])
    // Without a newer version in the index there is nothing to do, which is no failure.
    let isWithdrawn = outcome.reasons == ["probe up_to_date"] && misbehaviour.code == .gone
    #expect(isWithdrawn || outcome.failures == ["probe \(misbehaviour.code.rawValue)"])
    #expect(try scene.hash() == before)
  }

  @Test(arguments: 0..<4)
  func `a hostile archive that the index describes truly is refused`(quarter: Int) async throws {
    let scene = try scene()
    try await scene.install("acme/probe@1.0.0")
    let before = try scene.hash()
    for (number, archive) in HostileArchives.all.enumerated() where number % 4 == quarter {
      scene.registry.amend("acme/probe", "2.0.0") { $0 = $0.carrying(archive.bytes) }
      #expect(try await scene.update().failures == ["probe integrity_error"], "\(archive)")
    }
    #expect(try scene.hash() == before)
  }

  @Test func `an archive that is good but not canonical is refused`() async throws {
    let scene = try scene()
    let before = try scene.hash()
    for archive in TameArchives.all {
      scene.registry.amend("acme/probe", "2.0.0") { $0 = $0.carrying(archive.bytes) }
      #expect(await code { try await scene.install("acme/probe@2.0.0") } == .integrityError, "\(archive)")
    }
    #expect(try scene.hash() == before)
  }

  @Test func `there are many ways to misbehave, each with a name of its own`() {
    #expect(Misbehaviour.all.count >= 100)
    #expect(Set(Misbehaviour.all.map(\.name)).count == Misbehaviour.all.count)
  }

  @Test func `an archive within the limits of the registry and beyond ours is refused before it is fetched`()
    async throws
  {
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
