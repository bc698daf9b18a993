import SkillInstaller
import Skills
import TestSupport
import Testing

@Suite struct UpdateTests {
  private func scene(_ versions: String..., installing version: String) async throws -> Scene {
    let scene = try Scene()
    for number in versions { try scene.registry.publish("acme/probe", number, files: ["v": number]) }
    try await scene.install("acme/probe@\(version)")
    return scene
  }

  @Test(arguments: [
    (["1.0.0", "1.0.1"], "1.0.0", "1.0.1"), (["1.0.1", "0.9.0", "1.0.0"], "1.0.1", nil),
    (["1.9.0", "1.10.0"], "1.9.0", "1.10.0"), (["1.0.0", "2.0.0-rc.1"], "1.0.0", nil),
    (["2.0.0-rc.1", "2.0.0-rc.2"], "2.0.0-rc.1", "2.0.0-rc.2"), (["2.0.0-rc.2", "2.0.0"], "2.0.0-rc.2", "2.0.0"),
    (["2.0.0-rc.1", "1.0.0"], "2.0.0-rc.1", nil), (["1.0.0", "1.0.0-rc.1"], "1.0.0", nil),
    (["2.0.0-beta", "2.0.0-beta.2", "1.5.0"], "2.0.0-beta", "2.0.0-beta.2"),
    (["1.0.0+a", "1.0.1+b"], "1.0.0+a", "1.0.1+b"),
  ])
  func `updating goes forward by precedence or not at all`(versions: [String], from: String, to: String?) async throws {
    let scene = try Scene()
    for number in versions { try scene.registry.publish("acme/probe", number, files: ["v": number]) }
    try await scene.install("acme/probe@\(from)")
    let outcome = try await scene.update()
    #expect(outcome.moved == (to.map { ["probe \(from) \($0)"] } ?? []))
    #expect(outcome.reasons == (to == nil ? ["probe up_to_date"] : []))
    #expect(outcome.failures == [])
    #expect(scene.text(".agents/skills/probe/v") == to ?? from)
  }

  @Test func `a withdrawn version is never an update`() async throws {
    let scene = try await scene("1.0.0", "1.1.0", "1.2.0", installing: "1.0.0")
    scene.registry.amend("acme/probe", "1.2.0") { $0.status = "withdrawn" }
    #expect(try await scene.update().moved == ["probe 1.0.0 1.1.0"])
  }

  @Test func `a status of the future is not to be had`() async throws {
    let scene = try await scene("1.0.0", "1.1.0", installing: "1.0.0")
    scene.registry.amend("acme/probe", "1.1.0") { $0.status = "on_the_moon" }
    #expect(try await scene.update().reasons == ["probe up_to_date"])
  }

  @Test func `files that are gone upstream disappear`() async throws {
    let scene = try await scene("1.0.0", installing: "1.0.0")
    try scene.registry.publish("acme/probe", "2.0.0", files: ["new.md": "new"])
    _ = try await scene.update()
    #expect(scene.names(".agents/skills/probe") == [".agent-mesh.json", "SKILL.md", "new.md"])
  }

  @Test func `links are refreshed for the recorded agents alone, also when nothing is newer`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0")
    try await scene.install("acme/probe", agents: ["qoder", "trae"])
    try scene.delete(".qoder/skills/probe")
    #expect(try await scene.update().reasons == ["probe up_to_date"])
    #expect(scene.link(".qoder/skills/probe") == "../../.agents/skills/probe")
    try scene.delete(".trae")
    try scene.registry.publish("acme/probe", "1.1.0")
    #expect(try await scene.update().moved == ["probe 1.0.0 1.1.0"])
    #expect(scene.link(".trae/skills/probe") == "../../.agents/skills/probe")
    #expect(!scene.exists(".claude"))
  }

  @Test func `a failure of one skill leaves the others to be updated`() async throws {
    let scene = try Scene()
    let names = ["broken", "current", "edited", "fine", "gone", "other", "slim"]
    for name in names { try scene.registry.publish("acme/\(name)", "1.0.0", files: ["f": "1"]) }
    try await scene.install(
      "acme/broken", "acme/current", "acme/edited", "acme/fine", "acme/gone", "acme/other", "acme/slim")
    for name in names where name != "current" {
      try scene.registry.publish("acme/\(name)", "1.1.0", files: ["f": "2"])
    }
    scene.registry.amend("acme/broken", "1.1.0") { $0.archive[40] ^= 1 }
    scene.registry.amend("acme/slim", "1.1.0") { $0.archive.removeLast() }
    scene.registry.change { $0.skills["acme/gone"] = nil }
    try scene.write(".agents/skills/edited/f", "mine")
    try scene.write(".agents/skills/foreign/SKILL.md", "mine")
    try scene.delete(".claude/skills/other")
    try scene.write(".claude/skills/other", "in the way")
    let outcome = try await scene.update()
    #expect(outcome.moved == ["fine 1.0.0 1.1.0"])
    #expect(outcome.reasons == ["current up_to_date", "edited local_edits", "foreign not_managed"])
    #expect(
      outcome.failures == ["broken integrity_error", "gone not_found", "other conflict", "slim integrity_error"])
    #expect(scene.text(".agents/skills/fine/f") == "2")
    for name in ["broken", "gone", "other", "slim"] { #expect(scene.text(".agents/skills/\(name)/f") == "1") }
    #expect(scene.text(".agents/skills/edited/f") == "mine")
    #expect(!scene.names(".agents/skills").contains(".agent-mesh"))
  }

  @Test func `many skills are fetched at the same time`() async throws {
    let scene = try Scene()
    let slugs = (1...4).map { "skill-\($0)" }
    for slug in slugs { try scene.registry.publish("acme/\(slug)", "1.0.0") }
    for slug in slugs { try await scene.install("acme/\(slug)") }
    let (arrivals, all) = (Locked(0), Signal())
    for slug in slugs {
      let archive = try scene.registry.publish("acme/\(slug)", "2.0.0").archive
      scene.registry.change {
        $0.answers["\(slug)/versions/2.0.0/download"] = { _, connection in
          // Nobody is answered before all have asked.
          if arrivals.change({
            $0 += 1
            return $0
          }) == slugs.count {
            all.fire()
          }
          all.block()
          try connection.reply(200, archive)
        }
      }
    }
    #expect(try await scene.update().updated.count == slugs.count)
  }

  @Test func `what only lacks its link is not counted as something to fetch`() async throws {
    let scene = try Scene()
    for name in ["linked", "moved"] { try scene.registry.publish("acme/\(name)", "1.0.0") }
    try await scene.install("acme/linked", "acme/moved")
    try scene.registry.publish("acme/moved", "2.0.0")
    try scene.delete(".claude/skills/linked")
    let counts = Locked<[Int]>([])
    let installer = SkillInstaller(
      registries: Registries(try scene.registry.client()), targets: try scene.targets(),
      report: { event in if case .beginning(let count) = event { counts.change { $0.append(count) } } })
    #expect(try await installer.update(UpdateRequest(), InstallOptions()).moved == ["moved 1.0.0 2.0.0"])
    #expect(scene.exists(".claude/skills/linked"))
    #expect(counts.value == [1])
  }

  @Test func `only what was chosen is updated, and what is not installed is said`() async throws {
    let scene = try Scene()
    for name in ["one", "two"] { try scene.registry.publish("acme/\(name)", "1.0.0") }
    try await scene.install("acme/one", "acme/two")
    for name in ["one", "two"] { try scene.registry.publish("acme/\(name)", "2.0.0") }
    #expect(try await scene.update("two").moved == ["two 1.0.0 2.0.0"])
    #expect(await code { try await scene.update("one", "three") } == .notInstalled)
  }

  @Test func `without a skills folder nothing is made`() async throws {
    let scene = try Scene()
    let before = try scene.hash()
    #expect(await code { try await scene.update() } == .noSkillsDirectory)
    #expect(await code { try await scene.remove("probe") } == .noSkillsDirectory)
    #expect(try scene.hash() == before)
  }

  @Test(arguments: ["cancelled", "usage", "internal_error", "a_code_of_the_future"])
  func `no code that a registry answers with ends the whole update`(word: String) async throws {
    let scene = try Scene()
    for name in ["one", "two"] { try scene.registry.publish("acme/\(name)", "1.0.0") }
    try await scene.install("acme/one", "acme/two")
    for name in ["one", "two"] { try scene.registry.publish("acme/\(name)", "2.0.0") }
    scene.registry.change {
      $0.answers["one/versions/2.0.0/download"] = { _, connection in
        try connection.reply(400, #"{"code":"\#(word)","message":"no"}"#)
      }
    }
    let outcome = try await scene.update()
    #expect(outcome.moved == ["two 1.0.0 2.0.0"])
    #expect(outcome.plan.failed.map(\.error.wireCode) == [word])
  }
}
