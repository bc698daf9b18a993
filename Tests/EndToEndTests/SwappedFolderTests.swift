import FileSystem
import Foundation
import SystemPackage
import TestSupport
import Testing

/// Whoever may write to a project swaps its folders while somebody installs there (CWE-367).
@Suite struct SwappedFolderTests {
  @Test(arguments: [".agents/skills", ".agents", ".claude/skills"])
  func `a folder that is swapped for a link all the time lets nothing be written outside`(path: String) async throws {
    let scene = try await Scene.open()
    try scene.skill("probe", files: ["notes.md": "text\n"])
    #expect(try await scene.agentMesh(["skills", "publish", "probe"]).status == 0)
    let outside = scene.place + "/outside"
    // Whatever is looked for below the link is there.
    for folder in ["skills/skills", ".agent-mesh", "skills/.agent-mesh"] {
      try FileManager.default.createDirectory(atPath: outside + "/" + folder, withIntermediateDirectories: true)
    }
    let before = try FileManager.default.subpathsOfDirectory(atPath: outside).sorted()
    for round in 0..<16 {
      let project = try scene.project("project-\(round)")
      for folder in [".agents/skills", ".claude/skills"] {
        try FileManager.default.createDirectory(
          atPath: "\(scene.place)/\(project)/\(folder)", withIntermediateDirectories: true)
      }
      let target = FilePath("\(scene.place)/\(project)/\(path)")
      let swapper = try swap(target, for: outside)
      _ = try await scene.agentMesh(["skills", "install", "acme/probe", project])
      #expect(try await swapper.stop() > 0)
      #expect(try FileManager.default.subpathsOfDirectory(atPath: outside).sorted() == before)
    }
  }
}

/// Exchanges a folder and a link in one step, again and again.
private func swap(_ folder: FilePath, for target: String) throws -> Repetition {
  let parent = try Directory<FileError>.open(folder.removingLastComponent())
  let name = try #require(folder.lastComponent?.string)
  #expect(try parent.makeLink("evil", to: target))
  return Repetition { _ = try parent.exchange(name, with: parent, "evil") }
}
