import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SkillSources

@Suite struct ScratchFolderTests {
  @Test func `what a killed program left behind goes after a day, and nothing else`() throws {
    let folder = try TemporaryFolder()
    let old = "agent-mesh-\(UUID().uuidString)"
    let names = [old, "agent-mesh-mine", "other-\(UUID().uuidString)"]
    for name in names { try folder.write("\(name)/file", "x") }
    try folder.write("outside/file", "x")
    try folder.link("agent-mesh-\(UUID().uuidString)", to: folder["outside"].string)
    let fresh = try ScratchFolder.make(in: folder.path)

    _ = try ScratchFolder.make(in: folder.path, now: Date() + 3_600)
    #expect(FileManager.default.fileExists(atPath: folder[old].string))
    let newest = try ScratchFolder.make(in: folder.path, now: Date() + 25 * 3_600)

    #expect(!FileManager.default.fileExists(atPath: folder[old].string))
    #expect(!FileManager.default.fileExists(atPath: fresh.string))
    for name in names.dropFirst() + ["outside/file"] {
      #expect(FileManager.default.fileExists(atPath: folder[name].string))
    }
    let mode = try FileManager.default.attributesOfItem(atPath: newest.string)[.posixPermissions] as? Int
    #expect(mode == 0o700)
  }
}
