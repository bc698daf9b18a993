import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillArchive

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct FolderContentsTests {
  private func installed() throws -> (folder: TemporaryFolder, packed: PackedSkill) {
    let packed = try SkillPacker.pack(files: [
      PackedFile(path: .skillMarkdown, bytes: TarBuilder.skillText),
      PackedFile(path: try path("a/run.sh"), bytes: Array("#!/bin/sh\n".utf8), isExecutable: true),
    ])
    let folder = try TemporaryFolder()
    try folder.withDirectory { _ = try SkillUnpacker.unpack(.bytes(packed.bytes), into: $0) }
    return (folder, packed)
  }

  private func contents(_ folder: TemporaryFolder, ignoring names: Set<String> = []) throws -> FolderContents {
    try folder.withDirectory { try FolderContents(of: $0, ignoring: { names.contains($0) }) }
  }

  @Test func `an untouched folder has the tree digest of its archive`() throws {
    let (folder, packed) = try installed()
    #expect(try contents(folder).manifest.treeDigest == packed.treeDigest)
  }

  @Test func `every change of a file, a mode or the set of files changes the tree digest`() throws {
    let changes: [(TemporaryFolder) throws -> Void] = [
      { try $0.write("SKILL.md", "changed") },
      { try $0.write("new.md", "") },
      { #expect(unlink($0["a/run.sh"].string) == 0) },
      { #expect(chmod($0["a/run.sh"].string, 0o644) == 0) },
      { #expect(rename($0["a"].string, $0["b"].string) == 0) },
    ]
    for change in changes {
      let (folder, packed) = try installed()
      try change(folder)
      #expect(try contents(folder).manifest.treeDigest != packed.treeDigest)
    }
  }

  @Test func `links, special files and bad names are strangers and never followed`() throws {
    let (folder, packed) = try installed()
    let outside = try TemporaryFolder()
    try outside.write("x", "y")
    try folder.link("link", to: outside.path.string)
    try folder.link("a/file", to: outside["x"].string)
    #expect(mkfifo(folder["pipe"].string, 0o600) == 0)
    try folder.write("bad:name/x", "x")
    let found = try contents(folder)
    #expect(found.manifest == packed.manifest)
    #expect(
      Set(found.strangers) == [
        .init(path: "link", kind: .link), .init(path: "a/file", kind: .link), .init(path: "pipe", kind: .special),
        .init(path: "bad:name", kind: .badName),
      ])
  }

  @Test func `what is ignored is not looked at`() throws {
    let (folder, packed) = try installed()
    try folder.write(".agent-mesh.json", "{}")
    try folder.write("cache/x", "x")
    #expect(try contents(folder).strangers == [.init(path: ".agent-mesh.json", kind: .badName)])
    let found = try contents(folder, ignoring: [".agent-mesh.json", "cache"])
    #expect(found.strangers.isEmpty)
    #expect(found.manifest == packed.manifest)
  }
}
