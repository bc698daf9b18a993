import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillArchive

@Suite struct PackingTests {
  private func sample(in order: [Int], mode: Int = 0o644) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let files: [(String, String, Int)] = [
      ("SKILL.md", String(decoding: TarBuilder.skillText, as: UTF8.self), mode),
      ("scripts/run.sh", "#!/bin/sh\necho probe\n", mode | 0o111),
      ("references/ü.md", "umlaut\n", mode),
      ("assets/data.bin", String(repeating: "data ", count: 5_000), mode),
    ]
    for index in order { try folder.write(files[index].0, files[index].1, mode: files[index].2) }
    return folder
  }

  @Test(arguments: ["C", "C.UTF-8"])
  func `the same files become the same bytes, whatever their order, times and modes`(locale: String) throws {
    let first = try sample(in: [0, 1, 2, 3])
    let second = try sample(in: [3, 2, 1, 0], mode: 0o600)
    let old = Date(timeIntervalSince1970: 1)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: second["SKILL.md"].string)
    try second.folder("empty")
    try inLocale(locale) {
      let packed = try SkillPacker.pack(PackPlan(folder: first.path))
      #expect(try SkillPacker.pack(PackPlan(folder: second.path)) == packed)
      // Fixed for ever: a change here changes the digest of every skill that anybody packs again.
      #expect(packed.treeDigest.description == "t1:Ifytehl44tb2oaMrKqHMe9RmMqQfZNlY1e4C9F9QVs0=")
      #expect(
        try Digest(of: tar(in: packed)).description
          == "sha256:4239e9d44e49ff0fac5365f184c7298c0bd1d8fe813f8a97a049e6000d7d2950")
      if knownDeflate {
        #expect(packed.digest.description == "sha256:8e5b5b02a4ecfb363346c64a6996a4bbf30522c3e3b7a94d366dc3f7d21a0f61")
      }
    }
  }

  private func tar(in packed: PackedSkill) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try run("/usr/bin/env", "gzip", "-d", folder.write("archive.tar.gz", packed.bytes).string)
    return try folder.bytes("archive.tar")
  }

  @Test func `what is packed is what is inspected and what is unpacked`() throws {
    let folder = try sample(in: [0, 1, 2, 3])
    let plan = try PackPlan(folder: folder.path)
    let packed = try SkillPacker.pack(plan)
    let inspected = try ArchiveInspector.inspect(.bytes(packed.bytes))
    #expect(inspected.isCanonical)
    #expect(inspected.manifest == packed.manifest)
    #expect(packed.manifest.entries.map(\.path) == plan.files.map(\.path))
    #expect(plan.totalSize == packed.manifest.totalSize)

    let target = try TemporaryFolder()
    try target.withDirectory { directory in
      let written = try SkillUnpacker.unpack(.bytes(packed.bytes), into: directory)
      #expect(written.manifest == packed.manifest)
      #expect(try FolderContents(of: directory).manifest == packed.manifest)
    }
    let isExecutable = FileManager.default.isExecutableFile(atPath: target["scripts/run.sh"].string)
    #expect(isExecutable)
    #expect(try target.bytes("references/ü.md") == folder.bytes("references/ü.md"))
  }

  @Test func `other programs read our archives`() throws {
    let folder = try sample(in: [0, 1, 2, 3])
    let packed = try SkillPacker.pack(PackPlan(folder: folder.path))
    let archive = try folder.write("../\(folder.path.lastComponent?.string ?? "x").tar.gz", packed.bytes)
    defer { try? FileManager.default.removeItem(atPath: archive.string) }
    let target = try TemporaryFolder()
    try run("/usr/bin/tar", "-xzf", archive.string, "-C", target.path.string)
    #expect(try target.manifest() == packed.manifest)
    try run("/usr/bin/env", "gzip", "-t", archive.string)
  }

  @Test func `paths of every length up to the limit survive, and libarchive writes them as we expect`() throws {
    var files = [PackedFile(path: .skillMarkdown, bytes: TarBuilder.skillText)]
    for length in [90, 99, 100, 101, 102, 154, 155, 156, 157, 199, 200, 201, 239, 240] {
      for shape in shapes(of: length) { files.append(PackedFile(path: shape, bytes: Array("\(length)".utf8))) }
    }
    let packed = try SkillPacker.pack(files: files)
    let inspected = try ArchiveInspector.inspect(.bytes(packed.bytes))
    #expect(inspected.isCanonical)
    #expect(inspected.manifest.entries.map(\.path) == files.map(\.path).sorted())
    let target = try TemporaryFolder()
    let archive = try target.write("archive.tar.gz", packed.bytes)
    try target.folder("out")
    try run("/usr/bin/tar", "-xzf", archive.string, "-C", target["out"].string)
    #expect(try target.manifest("out") == packed.manifest)
  }

  /// Paths of `length` bytes with one, two and many components, in ASCII and beyond.
  private func shapes(of length: Int) -> [SkillPath] {
    var texts: [String] = []
    if length <= 200 { texts.append(String(repeating: "a", count: length)) }
    for tail in [20, 99, 100, 101] where length - tail - 1 > 0 && length - tail - 1 <= 200 {
      texts.append(String(repeating: "d", count: length - tail - 1) + "/" + String(repeating: "f", count: tail))
    }
    let many = (0..<12).map { String(repeating: "m", count: $0 + 1) }.joined(separator: "/")
    if length > many.utf8.count {
      texts.append("\(many)/" + String(repeating: "x", count: length - many.utf8.count - 1))
    }
    if length.isMultiple(of: 2), length <= 200 { texts.append(String(repeating: "é", count: length / 2)) }
    return texts.compactMap { try? SkillPath(parsing: $0) }
  }

  @Test func `the main file is found in any spelling and packed under its own`() throws {
    for spelling in ["SKILL.md", "skill.md", "Skill.MD"] {
      let folder = try TemporaryFolder()
      try folder.write(spelling, TarBuilder.skillText)
      try folder.write("docs/skill.md", "inner")
      let packed = try SkillPacker.pack(PackPlan(folder: folder.path))
      #expect(packed.manifest.entries.map(\.path.string) == ["SKILL.md", "docs/skill.md"])
    }
    let twice = try TemporaryFolder()
    try twice.write("SKILL.md", "a")
    try twice.write("skill.md", "b")
    let plan = try PackPlan(folder: twice.path)
    #expect(plan.refusals.map(\.rule) == [.misspelledSkillMarkdown] && plan.refusals.map(\.entry) == ["skill.md"])
    #expect(plan.refusals.first?.message == "'SKILL.md' is a main file, too")
  }

  @Test func `a folder without a main file cannot be packed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("README.md", "x")
    try folder.write("docs/SKILL.md", "x")
    #expect(throws: PackError.noSkillMarkdown(folder.path)) { try PackPlan(folder: folder.path) }
    try folder.link("SKILL.md", to: "README.md")
    #expect(throws: PackError.noSkillMarkdown(folder.path)) { try PackPlan(folder: folder.path) }
  }

  @Test func `links and special files are listed and never followed`() throws {
    let folder = try sample(in: [0])
    let outside = try TemporaryFolder()
    try outside.write("key", "private")
    try folder.link("ssh", to: outside.path.string)
    try folder.link("docs/key", to: outside["key"].string)
    #expect(mkfifo(folder["pipe"].string, 0o600) == 0)
    let plan = try PackPlan(folder: folder.path)
    #expect(plan.files.map(\.path.string) == ["SKILL.md"])
    #expect(
      Set(plan.leftOut) == [
        .init(path: "docs/key", reason: .link), .init(path: "pipe", reason: .specialFile),
        .init(path: "ssh", reason: .link),
      ])
  }

  @Test func `names that the dialect does not allow stop the packing`() throws {
    for name in ["a:b", "con.txt", "x\u{202E}y", "trailing."] {
      let folder = try sample(in: [0])
      try folder.write(name, "x")
      #expect(throws: PackError.self) { try SkillPacker.pack(PackPlan(folder: folder.path)) }
      try folder.write(".skillignore", "\(name)\n")
      #expect(try PackPlan(folder: folder.path).files.count == 1)
    }
    let clash = try sample(in: [0])
    try clash.write("ß", "x")
    try clash.write("SS", "x")
    #expect(refusal { try SkillPacker.pack(PackPlan(folder: clash.path)) } == .collidingNames)
  }

  @Test func `names that a file system keeps decomposed are packed composed`() throws {
    let folder = try sample(in: [0])
    try folder.write("e\u{301}.md", "x")
    let packed = try SkillPacker.pack(PackPlan(folder: folder.path))
    #expect(packed.manifest.entries.last?.path.string.unicodeScalars.first == "\u{E9}")
  }

  @Test func `a file that grows or shrinks after planning stops the packing`() throws {
    for text in ["much longer than it was before", ""] {
      let folder = try sample(in: [0])
      try folder.write("notes.md", "as planned")
      let plan = try PackPlan(folder: folder.path)
      try folder.write("notes.md", text)
      #expect(throws: PackError.changed(try path("notes.md"))) { try SkillPacker.pack(plan) }
    }
  }

  @Test func `a file replaced by a link after planning is not followed`() throws {
    let folder = try sample(in: [0])
    try folder.write("docs/notes.md", "as planned")
    let plan = try PackPlan(folder: folder.path)
    let outside = try TemporaryFolder()
    try outside.write("notes.md", "as planned")
    try FileManager.default.removeItem(atPath: folder["docs"].string)
    try folder.link("docs", to: outside.path.string)
    let error = #expect(throws: PackError.self) { try SkillPacker.pack(plan) }
    guard case .file(let fault) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(fault.operation == .open)
  }

  @Test func `the text of the main file can be replaced`() throws {
    let folder = try sample(in: [0, 1])
    let text = Array("---\nname: other\n---\n".utf8)
    let plan = try PackPlan(folder: folder.path).replacingSkillMarkdown(with: text)
    let packed = try SkillPacker.pack(plan)
    #expect(packed.skillMarkdown == text)
    #expect(packed.manifest[.skillMarkdown]?.size == text.count)
    #expect(packed.manifest.entries.count == 2)
  }

  @Test func `a large archive of mixed order and both formats is rewritten through the disk`() throws {
    let content = noise(3 << 20, seed: 5)
    var tar = TarBuilder()
    for name in ["z", "y", "x"] { tar.file(name, content) }
    tar.file("SKILL.md", TarBuilder.skillText)
    let packed = try SkillPacker.canonicalize(.bytes(tar.gzipped))
    #expect(packed.manifest.entries.map(\.path.string) == ["SKILL.md", "x", "y", "z"])
    #expect(packed.manifest.entries.dropFirst().allSatisfy { $0.digest == Digest(of: content) })
    #expect(try ArchiveInspector.inspect(.bytes(packed.bytes)).isCanonical)
  }
}
