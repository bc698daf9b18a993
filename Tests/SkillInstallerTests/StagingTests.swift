import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillInstaller

/// Putting a folder in the place of another and taking that back, with exchanges and without.
@Suite struct StagingTests {
  private struct Stage {
    let scene: Scene
    let staging: Staging
    let slug: SkillSlug

    init(exchanging: Bool) async throws {
      scene = try Scene()
      slug = try SkillSlug(parsing: "probe")
      let root = try await SkillsRoot.claim(scene.targets(), exchanging: exchanging)
      staging = try root.stage(for: slug)
      let content = try SkillPath(parsing: "v")
      let manifest = FileManifest([
        .init(path: content, size: 3, digest: Digest(of: "new".utf8), isExecutable: false)
      ])
      let mark = OwnershipMark(
        of: LockedSkill(
          folder: try SkillSlug(parsing: "probe"),
          origin: .registry(
            try SkillName(parsing: "acme/probe"), try SemanticVersion(parsing: "1.0.0"), registry: "r",
            isPrivate: false),
          digest: Digest(of: []), size: 1, treeDigest: manifest.treeDigest), links: [], manifest: manifest)
      let folder = try staging.work.newChild(staging.entry(.skill).name)
      try folder.write(Array("new".utf8), to: "v")
      try folder.write(mark.encoded, to: OwnershipMark.fileName)
    }

    var value: String? { scene.text(".agents/skills/probe/v") }

    func occupy(_ kind: String) throws {
      switch kind {
      case "folder": try scene.write(".agents/skills/probe/v", "old")
      case "file": try scene.write(".agents/skills/probe", "old")
      default: try scene.makeLink(".agents/skills/probe", to: scene.outside.string)
      }
    }
  }

  @Test(arguments: [true, false], ["folder", "file", "link"])
  func `replacing and taking back leave what was there`(exchanging: Bool, kind: String) async throws {
    let stage = try await Stage(exchanging: exchanging)
    try stage.occupy(kind)
    let before = try treeHash(of: stage.scene[".agents/skills"], only: "probe")
    let former = try #require(try stage.staging.replace(stage.slug))
    #expect(stage.value == "new")
    #expect(try treeHash(of: former.directory.path, only: former.name) == before)
    #expect(try Staging.isModified(former, stage.slug))
    try stage.staging.undo(stage.slug, for: former)
    #expect(try treeHash(of: stage.scene[".agents/skills"], only: "probe") == before)
    try stage.staging.discard()
    #expect(stage.scene.names(".agents/skills/.agent-mesh") == [])
    #expect(try stage.scene.isOutsideUntouched())
  }

  @Test(arguments: [true, false])
  func `what was taken back by hand in the meantime comes back all the same`(exchanging: Bool) async throws {
    let stage = try await Stage(exchanging: exchanging)
    try stage.occupy("folder")
    let former = try #require(try stage.staging.replace(stage.slug))
    try stage.scene.delete(".agents/skills/probe")
    try stage.staging.undo(stage.slug, for: former)
    #expect(stage.value == "old")
  }

  @Test(arguments: [true, false])
  func `replacing what has gone is placing`(exchanging: Bool) async throws {
    let stage = try await Stage(exchanging: exchanging)
    #expect(try stage.staging.replace(stage.slug) == nil)
    #expect(stage.value == "new")
    try stage.staging.undo(stage.slug, for: nil)
    #expect(!stage.scene.exists(".agents/skills/probe"))
  }

  @Test func `what was moved away comes back when nothing can take its place`() async throws {
    let stage = try await Stage(exchanging: false)
    try stage.occupy("folder")
    try FileManager.default.removeItem(atPath: stage.staging.entry(.skill).path.string)
    #expect(throws: MeshError.self) { try stage.staging.replace(stage.slug) }
    #expect(stage.value == "old")
  }

  @Test func `what the next run needs is not discarded`() async throws {
    let stage = try await Stage(exchanging: true)
    stage.staging.root.leaveToNextRun()
    try stage.staging.discard()
    #expect(try stage.staging.kind(of: .skill) == .directory)
  }

  @Test func `taking back leaves what somebody else has put there since`() async throws {
    let stage = try await Stage(exchanging: true)
    try stage.staging.place(stage.slug)
    try stage.scene.write(".agents/skills/probe/v", "mine")
    try stage.staging.undo(stage.slug, for: nil)
    #expect(stage.value == "mine")
  }

  @Test(arguments: ["folder", "file", "link"])
  func `placing takes nobody's place`(kind: String) async throws {
    let stage = try await Stage(exchanging: true)
    try stage.occupy(kind)
    let before = try treeHash(of: stage.scene[".agents/skills"], only: "probe")
    #expect(throws: MeshError.self) { try stage.staging.place(stage.slug) }
    #expect(try treeHash(of: stage.scene[".agents/skills"], only: "probe") == before)
  }
}
