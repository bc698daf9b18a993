import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

@Suite struct InstallTests {
  private func scene() throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish(
      "acme/probe", "1.0.0", files: ["docs/a.md": "a", "b.md": "b"], executables: ["run.sh": "#!/bin/sh\n"])
    return scene
  }

  @Test func `the whole skill stands in the shared folder and a relative link leads to it`() async throws {
    let scene = try scene()
    let items = try await scene.install("acme/probe")
    #expect(scene.names(".agents/skills/probe") == [".agent-mesh.json", "SKILL.md", "b.md", "docs", "run.sh"])
    #expect(scene.text(".agents/skills/probe/docs/a.md") == "a")
    #expect(scene.link(".claude/skills/probe") == "../../.agents/skills/probe")
    #expect(scene.text(".claude/skills/probe/b.md") == "b")
    #expect(items.map(\.folder) == [".agents/skills/probe"])
    #expect(items.map(\.links) == [[".claude/skills"]])
    #expect(items.map(\.fileCount) == [4])
    #expect(items.flatMap(\.backups).isEmpty)
  }

  @Test func `nothing but the skill and its link is left in the project`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    #expect(scene.names(".") == [".agents", ".claude"])
    #expect(scene.names(".agents") == ["skills"])
    #expect(scene.names(".agents/skills") == ["probe"])
    #expect(scene.names(".claude/skills") == ["probe"])
  }

  @Test func `the record says where the skill came from and what was in it`() async throws {
    let scene = try scene()
    try await scene.install("acme/probe")
    let mark = try #require(try Examination(of: scene.targets()).installed.first?.mark)
    let published = try #require(scene.registry.listed("acme/probe", "1.0.0"))
    #expect(mark.reference == "acme/probe")
    #expect(mark.version == "1.0.0")
    #expect(mark.registry == scene.registry.address)
    #expect("\(mark.digest)" == published.digest)
    #expect("\(mark.treeDigest)" == published.tree)
    #expect(mark.links == [".claude/skills"])
    #expect(mark.files.map(\.path) == ["SKILL.md", "b.md", "docs/a.md", "run.sh"])
    #expect(mark.files.map(\.executable) == [false, false, false, true])
  }

  @Test(arguments: [0o022, 0o027, 0o077, 0o002])
  func `modes are exact whatever the umask`(mask: Int) async throws {
    // The mask belongs to the process, and other tests use it: this one has a process of its own.
    await #expect(processExitsWith: .success) { [mask] in
      umask(mode_t(mask))
      let scene = try InstallTests().scene()
      try await scene.install("acme/probe")
      #expect(umask(0) == mode_t(mask))
      #expect(try scene.mode(".agents/skills/probe") == 0o755)
      #expect(try scene.mode(".agents/skills/probe/docs") == 0o755)
      #expect(try scene.mode(".agents/skills/probe/run.sh") == 0o755)
      for file in ["SKILL.md", "b.md", "docs/a.md", ".agent-mesh.json"] {
        #expect(try scene.mode(".agents/skills/probe/\(file)") == 0o644, "\(file)")
      }
    }
  }

  @Test func `an agent that is named gets the link, and the standard one does not`() async throws {
    let scene = try scene()
    let items = try await scene.install("acme/probe", agents: ["qoder", "qoder-cn", "tabnine-cli"])
    #expect(scene.link(".qoder/skills/probe") == "../../.agents/skills/probe")
    #expect(scene.link(".tabnine/agent/skills/probe") == "../../../.agents/skills/probe")
    #expect(!scene.exists(".claude"))
    #expect(items.first?.links == [".qoder/skills", ".tabnine/agent/skills"])
  }

  @Test func `an agent that reads the shared folder needs no link`() async throws {
    let scene = try scene()
    let items = try await scene.install("acme/probe", agents: ["codex", "universal"])
    #expect(scene.names(".") == [".agents"])
    #expect(items.first?.links == [])
  }

  @Test func `an agent that nobody knows is refused with near names`() throws {
    let error = #expect(throws: MeshError.self) { try InstallTargets(project: ".", agents: ["cursed"]) }
    #expect(error?.code == .usage)
    #expect(error?.hint?.contains("cursor") == true)
  }

  @Test func `a large archive goes through a file and leaves none`() async throws {
    let scene = try Scene()
    let text = noise(3 << 20, seed: 3)
    try scene.registry.publish("acme/large", "1.0.0", files: ["big.txt": text])
    try await scene.install("acme/large")
    #expect(scene.text(".agents/skills/large/big.txt") == text)
    #expect(scene.names(".agents/skills") == ["large"])
  }

  @Test func `progress tells of bytes and of the place`() async throws {
    let scene = try scene()
    let log = Log<String>()
    let installer = SkillInstaller(client: try scene.registry.client(), targets: try scene.targets()) { event in
      switch event {
      case .waiting: log.add("waiting")
      case .beginning(let count): log.add("beginning \(count)")
      case .fetching(let skill, let bytes): log.add("\(skill.title) \(bytes == skill.size)")
      case .fetched(let skill): log.add("fetched \(skill.title)")
      case .placing(let count): log.add("placing \(count)")
      }
    }
    _ = try await installer.install([SkillReference(parsing: "acme/probe")], InstallOptions())
    #expect(log.values == ["beginning 1", "acme/probe@1.0.0 true", "fetched acme/probe@1.0.0", "placing 1"])
  }

  @Test func `two authors cannot have one folder in one call`() async throws {
    let scene = try scene()
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe", "other/probe") } == .conflict)
    #expect(try scene.hash() == before)
  }

  @Test func `of several skills all are installed or none`() async throws {
    let scene = try scene()
    try scene.registry.publish("acme/second", "1.0.0")
    try scene.registry.publish("acme/third", "1.0.0")
    scene.registry.amend("acme/second", "1.0.0") { $0.digest = "sha256:" + String(repeating: "0", count: 64) }
    let before = try scene.hash()
    #expect(
      await code { try await scene.install("acme/probe", "acme/second", "acme/third") } == .integrityError)
    #expect(try scene.hash() == before)
  }

  @Test func `what stands in the way of the last of several skills leaves the first out as well`() async throws {
    let scene = try scene()
    try scene.registry.publish("acme/zebra", "1.0.0")
    try scene.write(".claude/skills/zebra/SKILL.md", "mine")
    let before = try scene.hash()
    #expect(await code { try await scene.install("acme/probe", "acme/zebra") } == .conflict)
    #expect(try scene.hash() == before)
  }

  @Test func `a plan says what would be done and changes nothing`() async throws {
    let scene = try scene()
    let before = try scene.hash()
    let plans = try await scene.installer().plan([SkillReference(parsing: "acme/probe")], InstallOptions())
    #expect(plans.map(\.action) == [.install])
    #expect(plans.map(\.folder) == [".agents/skills/probe"])
    #expect(plans.map(\.links) == [[".claude/skills"]])
    #expect(try scene.hash() == before)
  }

  @Test(arguments: [".agents/skills/probe", ".claude/skills/probe"])
  func `a plan sees what stands in the way`(place: String) async throws {
    let scene = try scene()
    try scene.write("\(place)/SKILL.md", "mine")
    let installer = try scene.installer()
    let references = [try SkillReference(parsing: "acme/probe")]
    #expect(await code { try await installer.plan(references, InstallOptions()) } == .conflict)
  }
}
