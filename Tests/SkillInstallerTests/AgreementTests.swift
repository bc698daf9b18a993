import SkillArchive
import SkillInstaller
import Skills
import Testing

/// Record, lock and folder say the same after every command.
@Suite struct AgreementTests {
  /// A project with 1.0.0 of a skill whose 1.0.1 has the very same archive.
  private func scene() async throws -> Scene {
    let scene = try Scene()
    let text = "---\nname: probe\ndescription: It names no version.\n---\n"
    let packed = try SkillPacker.pack(files: [PackedFile(path: .skillMarkdown, bytes: Array(text.utf8))])
    scene.registry.change {
      $0.skills["acme/probe"] = FakeSkill(name: "acme/probe", versions: [FakeVersion("1.0.0", packed)])
    }
    _ = try await scene.installer().perform(
      .add([SkillReference(parsing: "acme/probe@^1")]), InstallOptions(saves: true))
    scene.registry.change { $0.skills["acme/probe"]?.versions.append(FakeVersion("1.0.1", packed)) }
    return scene
  }

  private func numbers(_ scene: Scene) throws -> [String?] {
    let lock = try SkillInstaller.lock(in: scene.targets())
    let mark = try Examination(of: scene.targets()).installed.first?.mark
    return [lock?.skills.first?.version, mark?.version]
  }

  @Test func `the same content under another number is another version`() async throws {
    let scene = try await scene()
    #expect(try numbers(scene) == ["1.0.0", "1.0.0"])
    let outcome = try await scene.installer().update(UpdateRequest(), InstallOptions(saves: true))
    #expect(outcome.moved == ["probe 1.0.0 1.0.1"])
    #expect(try numbers(scene) == ["1.0.1", "1.0.1"])
    #expect(try Verification(of: scene.targets()).isGood)
    let again = try await scene.installer().update(UpdateRequest(), InstallOptions(saves: true))
    #expect(again.reasons == ["probe up_to_date"])
  }

  @Test func `the doctor brings a record that an earlier program left behind up to the lock`() async throws {
    let scene = try await scene()
    try scene.write("skills.lock", try #require(scene.text("skills.lock")).replacing("1.0.0", with: "1.0.1"))
    let environment = AgentEnvironment(environment: ["HOME": "/nonexistent"])
    let found = try Diagnosis(of: scene.targets(), environment).findings()
    #expect(found.map(\.rule) == [.disagreement])
    #expect(found.allSatisfy { $0.isFixable == true })
    #expect(try await Diagnosis(of: scene.targets(), environment).fix().left == [])
    #expect(try numbers(scene) == ["1.0.1", "1.0.1"])
    #expect(try Verification(of: scene.targets()).isGood)
  }

  @Test func `of a source with the same archive another commit is no fault, and another archive is one`() throws {
    let scene = try Scene()
    let text = "---\nname: probe\ndescription: It is of a source.\n---\n"
    let packed = try SkillPacker.pack(files: [PackedFile(path: .skillMarkdown, bytes: Array(text.utf8))])
    let source = try SkillSource(parsing: "git+https://example.com/owner/probe.git")
    let folder = try SkillSlug(parsing: "probe")
    let skill = { (commit: Character, digest: Digest) in
      LockedSkill(
        folder: folder, origin: .source(source, commit: String(repeating: commit, count: 40), version: nil),
        digest: digest, size: packed.bytes.count, treeDigest: packed.treeDigest)
    }
    let mark = OwnershipMark(of: skill("a", packed.digest), links: [], manifest: packed.manifest)
    try scene.write(".agents/skills/probe/SKILL.md", text)
    try scene.write(".agents/skills/probe/.agent-mesh.json", String(decoding: mark.encoded, as: UTF8.self))
    let doctor = Diagnosis(of: try scene.targets(), AgentEnvironment(environment: ["HOME": "/nonexistent"]))
    for (digest, isFault) in [(packed.digest, false), (Digest(of: []), true)] {
      let lock = Lockfile([skill("b", digest)])
      try scene.write("skills.lock", String(decoding: lock.encoded, as: UTF8.self))
      #expect(try Verification(of: scene.targets()).skills.flatMap(\.faults).isEmpty != isFault)
      #expect(try doctor.findings().contains { $0.path == ".agents/skills/probe" } == isFault)
    }
  }

  @Test func `an installation brings a record that an earlier program left behind up to the lock`() async throws {
    let scene = try await scene()
    try scene.write("skills.lock", try #require(scene.text("skills.lock")).replacing("1.0.0", with: "1.0.1"))
    #expect(try !Verification(of: scene.targets()).isGood)
    _ = try await scene.installer().perform(.install(isFrozen: true), InstallOptions())
    #expect(try numbers(scene) == ["1.0.1", "1.0.1"])
    #expect(try Verification(of: scene.targets()).isGood)
  }
}
