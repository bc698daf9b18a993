import SkillArchive
import SkillInstaller
import Skills
import Synchronization
import TestSupport
import Testing

/// One value is planned, shown and performed.
@Suite struct PreparedChangeTests {
  /// How often `work` opens an archive.
  private func openings(_ work: () async throws -> Void) async throws -> Int {
    let count = Locked(0)
    try await ArchiveOpenings.$observer.withValue({ count.change { $0 += 1 } }, operation: work)
    return count.value
  }

  private func scene(large: Bool = false) throws -> Scene {
    let scene = try Scene()
    // Beyond one megabyte an archive lies in a file.
    let text = noise(large ? 2 << 20 : 100, seed: 5)
    for number in ["1.0.0", "2.0.0"] {
      try scene.registry.publish(
        "acme/probe", number, files: ["noise": number + text], executables: ["run.sh": "#!/bin/sh\n"])
    }
    try scene.registry.publish("acme/other", "1.0.0")
    return scene
  }

  private func add(_ references: String...) throws -> ProjectChange {
    .add(try references.map { try SkillReference(parsing: $0) })
  }

  @Test(arguments: [true, false])
  func `each archive is fetched, opened and decoded once, with its review`(large: Bool) async throws {
    let scene = try scene(large: large)
    let installs = try await openings {
      let prepared = try await scene.installer().plan(
        add("acme/probe@1.0.0", "acme/other"), InstallOptions(saves: true))
      #expect(prepared.plan.reviews.map(\.skill.title) == ["acme/other@1.0.0", "acme/probe@1.0.0"])
      #expect(try prepared.perform().items.count == 2)
    }
    #expect(installs == 2)
    let updates = try await openings {
      let prepared = try await scene.installer().plan(
        .update(UpdateRequest(beyondRanges: true)), InstallOptions(saves: true))
      #expect(prepared.plan.reviews.map(\.skill.title) == ["acme/probe@2.0.0"])
      #expect(try prepared.perform().moved == ["probe 1.0.0 2.0.0"])
    }
    #expect(updates == 1)
    #expect(scene.registry.server.requests.count { $0.target.hasSuffix("/download") } == 3)
  }

  @Test func `a change that nobody performs leaves everything as it was`() async throws {
    let scene = try scene()
    let empty = try scene.hash()
    _ = try await scene.installer().plan(add("acme/probe"), InstallOptions(saves: true))
    #expect(try scene.hash() == empty)
    try await scene.add("acme/probe@1.0.0")
    let before = try scene.hash()
    _ = try await scene.installer().plan(.update(UpdateRequest(beyondRanges: true)), InstallOptions(saves: true))
    #expect(try scene.hash() == before)
  }

  @Test func `what was planned is done, whatever the registry has by then`() async throws {
    let scene = try scene()
    let prepared = try await scene.installer().plan(add("acme/probe"), InstallOptions(saves: true))
    try scene.registry.publish("acme/probe", "3.0.0")
    let asked = scene.registry.server.requests.count
    #expect(try prepared.perform().items.map(\.skill.title) == ["acme/probe@2.0.0"])
    #expect(scene.registry.server.requests.count == asked)
  }

  @Test func `the skills folder is claimed until the change is performed or let go of`() async throws {
    let scene = try scene()
    let targets = try scene.targets()
    let prepared = try await scene.installer().plan(add("acme/probe"), InstallOptions())
    #expect(await code { try await SkillsRoot.claim(targets, timeout: .milliseconds(30)) } == .busy)
    _ = try prepared.perform()
    #expect(throws: Never.self) { try Examination(of: targets).installed }
    let next = try await SkillsRoot.claim(targets, timeout: .milliseconds(30))
    withExtendedLifetime(next) {}
  }
}
