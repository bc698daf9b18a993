import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SkillSources

@Suite struct ScratchFolderTests {
  let folder: TemporaryFolder
  private let abandoned = "agent-mesh-\(UUID().uuidString)"

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("\(abandoned)/file", "x")
  }

  private func isThere(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder[name].string) }

  @Test func `what a killed program left behind goes after a day, and nothing else`() throws {
    let others = ["agent-mesh-mine", "other-\(UUID().uuidString)", "outside"]
    for name in others { try folder.write("\(name)/file", "x") }
    try folder.link("agent-mesh-\(UUID().uuidString)", to: folder["outside"].string)

    let scratch = try ScratchFolder(in: folder.path, now: Date() + 25 * 3_600)

    #expect(!isThere(abandoned))
    for name in others { #expect(isThere("\(name)/file")) }
    let mode = try FileManager.default.attributesOfItem(atPath: scratch.path.string)[.posixPermissions] as? Int
    #expect(mode == 0o700)
  }

  @Test func `a folder of today stays, another program may need it`() throws {
    _ = try ScratchFolder(in: folder.path, now: Date() + 3_600)
    #expect(isThere(abandoned))
  }

  @Test func `a process looks for abandoned folders once`() throws {
    _ = try ScratchFolder(in: folder.path)
    _ = try ScratchFolder(in: folder.path, now: Date() + 25 * 3_600)
    #expect(isThere(abandoned))
  }
}
