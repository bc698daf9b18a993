import FileSystem
import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillArchive

@Suite struct UnpackingTests {
  private static func sample() throws -> PackedSkill {
    try SkillPacker.pack(files: [
      PackedFile(path: .skillMarkdown, bytes: TarBuilder.skillText),
      PackedFile(path: try path("scripts/run.sh"), bytes: Array("#!/bin/sh\n".utf8), isExecutable: true),
      PackedFile(path: try path("a/b/c/deep.md"), bytes: noise(200_000, seed: 1)),
      PackedFile(path: try path("a/b/other.md"), bytes: []),
      PackedFile(path: try path("a.md"), bytes: [0x78]),
    ])
  }

  private static func modes(below folder: FilePath) throws -> [String: Int] {
    var modes: [String: Int] = [:]
    let names = FileManager.default.enumerator(atPath: folder.string)?.compactMap { $0 as? String } ?? []
    for name in names {
      let path = folder.appending(FilePath(name).components).string
      modes[name] = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    return modes
  }

  @Test func `eight threads under a strict umask write the right modes, and leave the umask alone`() async throws {
    // The mask belongs to the process, and other tests use it: this one has a process of its own.
    await #expect(processExitsWith: .success) {
      umask(0o027)
      let packed = try UnpackingTests.sample()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            let target = try TemporaryFolder()
            try target.withDirectory { _ = try SkillUnpacker.unpack(.bytes(packed.bytes), into: $0) }
            #expect(
              try UnpackingTests.modes(below: target.path) == [
                "SKILL.md": 0o644, "scripts": 0o755, "scripts/run.sh": 0o755, "a": 0o755, "a/b": 0o755, "a/b/c": 0o755,
                "a/b/c/deep.md": 0o644, "a/b/other.md": 0o644, "a.md": 0o644,
              ])
          }
        }
        try await group.waitForAll()
      }
      #expect(umask(0) == 0o027)
    }
  }

  @Test(arguments: TameArchives.all)
  func `foreign archives are unpacked as they are inspected`(archive: TameArchive) throws {
    let target = try TemporaryFolder()
    let inspected = try ArchiveInspector.inspect(.bytes(archive.bytes))
    try target.withDirectory { directory in
      let unpacked = try SkillUnpacker.unpack(.bytes(archive.bytes), into: directory)
      #expect(unpacked == inspected)
      let found = try FolderContents(of: directory)
      // A zip archive is inspected alone.
      #expect(found.manifest.entries == (inspected.format == .zip ? [] : inspected.manifest.entries))
      #expect(found.strangers.isEmpty)
    }
  }

  @Test func `a folder that holds anything is not unpacked into`() throws {
    let packed = try Self.sample()
    let target = try TemporaryFolder()
    try target.write("mine", "x")
    let before = try treeHash(of: target.path)
    try target.withDirectory { directory in
      #expect(throws: ArchiveError.file(FileError(.create, directory.path, .directoryNotEmpty))) {
        try SkillUnpacker.unpack(.bytes(packed.bytes), into: directory)
      }
    }
    #expect(try treeHash(of: target.path) == before)
  }

  @Test func `a folder swapped for a link while unpacking leads nowhere`() async throws {
    let packed = try Self.sample()
    let victim = try TemporaryFolder()
    let before = try treeHash(of: victim.path)
    for _ in 0..<40 {
      let target = try TemporaryFolder()
      let swapper = Task.detached {
        // Replaces the folder as soon as it appears.
        for _ in 0..<2_000 where rename(target["a"].string, target["moved"].string) == 0 {
          symlink(victim.path.string, target["a"].string)
          return
        }
      }
      try? target.withDirectory { _ = try SkillUnpacker.unpack(.bytes(packed.bytes), into: $0) }
      await swapper.value
    }
    #expect(try treeHash(of: victim.path) == before)
  }

  @Test func `a link planted at a name while unpacking runs is refused, and nothing is written through it`() throws {
    let (target, victim) = (try TemporaryFolder(), try TemporaryFolder())
    try target.withDirectory { directory in
      var writer = try TreeWriter(directory)
      let first = IncomingFile(path: try SkillPath(parsing: "a"), size: 0, isExecutable: false)
      try writer.begin(first)
      try writer.end(FileManifest.Entry(path: first.path, size: 0, digest: Digest(of: []), isExecutable: false))
      try target.link("z", to: victim["planted"].string)
      do {
        try writer.begin(IncomingFile(path: SkillPath(parsing: "z"), size: 0, isExecutable: false))
        Issue.record("the link was written through")
      } catch ArchiveError.file(let error) {
        #expect(error.errno == .fileExists)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: victim.path.string).isEmpty)
  }
}
