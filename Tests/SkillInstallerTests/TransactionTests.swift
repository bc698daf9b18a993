import Foundation
import SkillInstaller
import Skills
import TestSupport
import Testing

/// The record of an unfinished change may have come with a cloned project: it does no harm.
@Suite struct TransactionTests {
  private static let work = ".agents/skills/.agent-mesh"

  private func scene() async throws -> Scene {
    let scene = try Scene()
    try scene.registry.publish("acme/probe", "1.0.0", files: ["v": "1"])
    try await scene.add("acme/probe")
    return scene
  }

  private func step(
    _ kind: String, slug: String = "probe", staging: String = "probe.0123456789ab", links: [String] = [],
    identity: String = "1:1", forced: Bool = true
  ) -> String {
    let names = links.map { "\"\($0)\"" }.joined(separator: ",")
    return """
      {"kind":"\(kind)","slug":"\(slug)","staging":"\(staging)","identity":"\(identity)","links":[\(names)],\
      "isForced":\(forced),"makesCopies":false}
      """
  }

  /// - Parameter root: Of the skills folder, as the record has it; nil for the right one.
  private func write(
    _ scene: Scene, steps: [String], files: [String] = [], format: Int = 1, root: String? = nil
  ) throws {
    let identity = try root ?? #require(try Directory.open(scene[".agents/skills"]).fingerprint())
    let text = """
      {"format":\(format),"root":"\(identity)","steps":[\(steps.joined(separator: ","))],"files":[\(files.joined(separator: ","))]}
      """
    try scene.write(Self.work + "/transaction.json", text)
  }

  /// Any verb recovers first; this one does nothing else here.
  private func recover(_ scene: Scene) async throws {
    _ = try await scene.installer().plan([SkillReference(parsing: "acme/probe")], InstallOptions(force: true))
    #expect(!scene.exists(Self.work))
  }

  @Test(arguments: ["../outside", "../../outside", "/tmp", "..", "", "probe/../../outside", "PROBE"])
  func `a name that is no skill's is passed over`(slug: String) async throws {
    let scene = try await scene()
    let before = try scene.hash()
    try write(scene, steps: ["place", "mark", "remove"].map { step($0, slug: slug, staging: slug + ".00") })
    try await recover(scene)
    #expect(try scene.hash() == before)
  }

  @Test(arguments: ["../probe.00", "probe.00/../../..", "other.00", "probe.", "probe.zz", "."])
  func `a staging folder that is none of ours is not opened`(name: String) async throws {
    let scene = try await scene()
    let before = try scene.hash()
    try write(scene, steps: [step("place", staging: name), step("remove", staging: name)])
    try await recover(scene)
    #expect(try scene.hash() == before)
  }

  @Test(arguments: ["../outside", ".git/hooks", "/tmp", ".", "..", ".agents"])
  func `a link is made in the folders of agents alone`(folder: String) async throws {
    let scene = try await scene()
    let before = try scene.hash()
    try write(scene, steps: [step("mark", links: [folder])])
    try await recover(scene)
    #expect(try scene.hash() == before)
  }

  @Test(arguments: ["../outside/canary", "/etc/motd", "README.md", ".agents/skills/probe/SKILL.md", "skills.json.bak"])
  func `a file that is not one of the two makes the record somebody else's`(name: String) async throws {
    let scene = try await scene()
    let before = try scene.hash()
    try write(scene, steps: [], files: [#"{"name":"\#(name)","text":"evil"}"#])
    try await recover(scene)
    #expect(try scene.hash() == before)
  }

  private static let empty = #"{\n  \"format\": 1,\n  \"skills\": {}\n}\n"#

  private func digest(_ scene: Scene, _ name: String) throws -> String {
    "\(Digest(of: try #require(scene.text(name)).utf8))"
  }

  @Test func `a folder is known again by another number of its device, and no copy of it is`() async throws {
    let scene = try await scene()
    let print = try #require(try Directory.open(scene[".agents/skills"]).fingerprint())
    var information = stat()
    try #require(stat(scene[".agents/skills"].string, &information) == 0)
    #expect(print.split(separator: ":").count == 2)
    #expect(print.hasPrefix("\(information.st_ino):"))
    try FileManager.default.copyItem(atPath: scene[".agents"].string, toPath: scene["copy"].string)
    #expect(try Directory.open(scene["copy/skills"]).fingerprint() != print)
  }

  @Test(arguments: ["1:1", "", "0:0"])
  func `a record that was made in another folder is cleared away`(root: String) async throws {
    let scene = try await scene()
    let before = try scene.hash()
    let old = try digest(scene, "skills.json")
    try write(
      scene, steps: [], files: [#"{"name":"skills.json","text":"\#(Self.empty)","old":"\#(old)"}"#], root: root)
    try await recover(scene)
    #expect(try scene.hash() == before)
  }

  @Test func `what somebody wrote after the crash stays`() async throws {
    let scene = try await scene()
    let old = try digest(scene, "skills.json")
    try scene.write("skills.json", #"{"format": 1, "skills": {"acme/probe": "*"}}"#)
    try write(scene, steps: [], files: [#"{"name":"skills.json","text":"\#(Self.empty)","old":"\#(old)"}"#])
    try await recover(scene)
    #expect(scene.text("skills.json") == #"{"format": 1, "skills": {"acme/probe": "*"}}"#)
  }

  @Test func `files that were to be written are written, once the record stands`() async throws {
    let scene = try await scene()
    let (manifest, lock) = (try digest(scene, "skills.json"), try digest(scene, "skills.lock"))
    let files = [
      #"{"name":"skills.json","text":"\#(Self.empty)","old":"\#(manifest)"}"#,
      #"{"name":"skills.lock","old":"\#(lock)"}"#,
    ]
    try write(scene, steps: [], files: files)
    try await recover(scene)
    #expect(scene.text("skills.json") == "{\n  \"format\": 1,\n  \"skills\": {}\n}\n")
    #expect(!scene.exists("skills.lock"))
  }

  @Test func `what stands in the place of a skill that was to go, and is another, stays`() async throws {
    let scene = try await scene()
    let before = try scene.hash()
    try scene.makeFolder(Self.work + "/probe.0123456789ab")
    try write(scene, steps: [step("remove", links: [".claude/skills"])])
    try await recover(scene)
    #expect(try scene.hash() == before)
  }
}
