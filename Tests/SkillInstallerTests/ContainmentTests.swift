import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// A cloned project may bring links in the places of our folders.
@Suite struct ContainmentTests {
  @Test(arguments: [
    (".agents", "../outside"), (".agents/skills", "../../outside"), (".claude", "../outside"),
    (".claude/skills", "../../outside"), (".agents", "/nowhere/at/all"), (".claude/skills", "../../outside/probe"),
  ])
  func `nothing is installed, updated or removed through a link that leads out of the project`(
    place: String, target: String
  ) async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    let parent = place.split(separator: "/").dropLast().joined(separator: "/")
    if !parent.isEmpty { try scene.makeFolder(parent) }
    try scene.makeLink(place, to: target)
    #expect(await code { try await scene.add("acme/probe") } == .conflict)
    #expect(try scene.isOutsideUntouched())
    try scene.write("skills.json", #"{"format": 1, "skills": {}}"#)
    try scene.write("skills.lock", #"{"format": 1, "skills": []}"#)
    _ = try? await scene.sync()
    _ = try? await scene.move()
    _ = try? await scene.drop("probe")
    _ = try? await Diagnosis(of: scene.targets(), AgentEnvironment(environment: ["HOME": scene.project.string])).fix()
    #expect(try scene.isOutsideUntouched())
  }

  @Test(arguments: [".agents", ".agents/skills", ".claude", ".claude/skills"])
  func `what lies behind a link that leads out of the project is not found in order, whatever it is`(
    place: String
  ) async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    try await scene.add("acme/probe")
    try scene.delete(".claude/skills/probe")
    try scene.makeLink(".claude/skills/probe", to: scene[".agents/skills/probe"].string)
    let doctor = Diagnosis(of: try scene.targets(), AgentEnvironment(environment: ["HOME": "/nonexistent"]))
    #expect(try Verification(of: scene.targets()).isGood)
    #expect(try doctor.findings() == [])
    let neighbour = scene.project.string + "-evil"
    try FileManager.default.moveItem(atPath: scene[place].string, toPath: neighbour)
    try scene.makeLink(place, to: neighbour)
    if place.hasPrefix(".agents") {
      #expect(await code { try Verification(of: scene.targets()) } == .conflict)
      #expect(await code { try doctor.findings() } == .conflict)
      #expect(await code { try Examination(of: scene.targets()).installed } == .conflict)
    } else {
      #expect(try Verification(of: scene.targets()).skills.flatMap(\.faults).map(\.rule) == [.unreadable])
      #expect(try doctor.findings().contains { $0.rule == .unreadable && $0.path == ".claude/skills/probe" })
    }
  }

  @Test func `what another project locked is not removed through a link to it`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    try await scene.add("acme/probe")
    let victim = try treeHash(of: scene.project)
    let attacker = scene.outside.appending("clone").string
    try FileManager.default.createDirectory(atPath: attacker, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: attacker + "/.agents", withDestinationPath: scene.project.string + "/.agents")
    try FileManager.default.copyItem(atPath: scene["skills.lock"].string, toPath: attacker + "/skills.lock")
    try #"{"format": 1, "skills": {}}"#.write(toFile: attacker + "/skills.json", atomically: false, encoding: .utf8)
    let targets = try InstallTargets(project: .init(attacker))
    let installer = SkillInstaller(client: try scene.registry.client(), targets: targets)
    #expect(await code { try await installer.perform(.install(), InstallOptions(saves: true)) } == .conflict)
    #expect(try treeHash(of: scene.project) == victim)
  }

  @Test func `a link to another place of the same project is as good as a folder`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    try scene.makeFolder("shared/skills")
    try scene.makeLink(".agents", to: "shared")
    try await scene.add("acme/probe")
    #expect(scene.text("shared/skills/probe/v") == "1")
    #expect(scene.text(".claude/skills/probe/v") == "1")
  }

  @Test(arguments: [".agents", ".agents/skills", ".claude/skills"])
  func `a neighbour whose name begins like the project's is outside of it`(place: String) async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    let neighbour = scene.project.string + "-evil"
    try FileManager.default.createDirectory(atPath: neighbour + "/skills", withIntermediateDirectories: true)
    let parent = place.split(separator: "/").dropLast().joined(separator: "/")
    if !parent.isEmpty { try scene.makeFolder(parent) }
    try scene.makeLink(place, to: neighbour)
    #expect(await code { try await scene.add("acme/probe") } == .conflict)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: neighbour) == ["skills"])
  }

  @Test func `agents' folders may be links to the shared one`() async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    try scene.makeFolder(".agents/skills")
    try scene.makeFolder(".claude")
    try scene.makeLink(".claude/skills", to: "../.agents/skills")
    try await scene.add("acme/probe")
    #expect(scene.text(".agents/skills/probe/v") == "1")
    #expect(scene.text(".claude/skills/probe/v") == "1")
    #expect(scene.link(".agents/skills/probe") == nil)
    try await scene.drop("probe")
    #expect(!scene.exists(".agents/skills/probe"))
    #expect(scene.link(".claude/skills") == "../.agents/skills")
  }

  @Test(
    .enabled(if: geteuid() == 0, "only root can give a folder away"),
    arguments: [
      ".agents", ".agents/skills", ".claude", ".claude/skills",
    ])
  func `a folder of another user is not installed into`(place: String) async throws {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    for folder in [".agents/skills", ".claude/skills"] { try scene.makeFolder(folder) }
    #expect(chown(scene[place].string, 65_534, 65_534) == 0)
    let before = try scene.hash()
    let error = await #expect(throws: MeshError.self) { try await scene.add("acme/probe") }
    #expect(error?.code == .fileError)
    #expect(error?.message.contains("belongs to another user") == true)
    #expect(try scene.hash() == before)
    #expect(chown(scene[place].string, 0, 0) == 0)
    try await scene.add("acme/probe")
  }
}
