import Foundation
import SkillArchive
import Skills
import TestSupport
import Testing

@Suite struct ZipTests {
  private static func sample() throws -> PackedSkill {
    try SkillPacker.pack(files: [
      PackedFile(path: .skillMarkdown, bytes: TarBuilder.skillText),
      PackedFile(path: try path("run.sh"), bytes: Array("#!/bin/sh\n".utf8), isExecutable: true),
      PackedFile(path: try path("empty"), bytes: []),
      PackedFile(path: try path("ünïcode/日本.md"), bytes: Array("text".utf8)),
      PackedFile(path: try path("noise"), bytes: noise(300_000, seed: 2)),
      PackedFile(
        path: try path("long/" + String(repeating: "x", count: 200)), bytes: Array(repeating: 0x61, count: 5_000)),
    ])
  }

  @Test func `a zip archive holds what the canonical archive holds, and goes back to the same bytes`() throws {
    let packed = try Self.sample()
    let zip = try ZipWriter.zip(.bytes(packed.bytes))
    let inspected = try ArchiveInspector.inspect(.bytes(zip))
    #expect(inspected.format == .zip)
    #expect(inspected.manifest == packed.manifest)
    #expect(try SkillPacker.canonicalize(.bytes(zip)) == packed)
  }

  @Test func `the same archive always becomes the same zip archive`() throws {
    let zip = try ZipWriter.zip(.bytes(try Self.sample().bytes))
    #expect(try ZipWriter.zip(.bytes(try Self.sample().bytes)) == zip)
    guard knownDeflate else { return }
    #expect(Digest(of: zip).description == "sha256:a9a75d1fb6ae56a96ec7c9ac44a62805120495a36b003b0e910386f5e2a47b2d")
  }

  private static let python = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(.enabled(if: python != nil)) func `other programs read our zip archives and we read theirs`() throws {
    let python = try #require(Self.python)
    let packed = try Self.sample()
    let folder = try TemporaryFolder()
    let zip = try folder.write("skill.zip", try ZipWriter.zip(.bytes(packed.bytes)))
    try folder.folder("out")
    try run(python, "-m", "zipfile", "-t", zip.string)
    try run(python, "-m", "zipfile", "-e", zip.string, folder["out"].string)
    // This extractor drops the executable bits; everything else must be there.
    let found = try folder.manifest("out")
    #expect(found.entries.map(\.digest) == packed.manifest.entries.map(\.digest))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder["out"].string)
    try run(python, ["-m", "zipfile", "-c", folder["theirs.zip"].string] + names, in: folder["out"].string)
    #expect(try ArchiveInspector.inspect(.file(folder["theirs.zip"])).manifest == found)
  }

  @Test(.enabled(if: python != nil), arguments: ["PAX_FORMAT", "USTAR_FORMAT"])
  func `tar archives of Python are read`(format: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("in/SKILL.md", TarBuilder.skillText)
    try folder.write("in/ünïcode/日本.md", "text")
    try folder.write("in/run.sh", "x", mode: 0o755)
    let script = """
      import tarfile, os
      with tarfile.open("skill.tar.gz", "w:gz", format=tarfile.\(format), encoding="utf-8") as tar:
        for name in sorted(os.listdir("in")): tar.add("in/" + name, name)
      """
    try run(try #require(Self.python), "-c", script, in: folder.path.string)
    let inspected = try ArchiveInspector.inspect(.file(folder["skill.tar.gz"]))
    #expect(inspected.manifest == (try folder.manifest("in")))
  }

  @Test(arguments: ["ustar", "posix"])
  func `tar archives of GNU tar are read`(format: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("in/SKILL.md", TarBuilder.skillText)
    try folder.write("in/sub/ünïcode.md", "text")
    try folder.write("in/run.sh", "x", mode: 0o755)
    try run(
      "/usr/bin/tar", "--format=\(format)", "-C", folder["in"].string, "-czf", folder["skill.tar.gz"].string,
      "SKILL.md",
      "sub", "run.sh")
    let inspected = try ArchiveInspector.inspect(.file(folder["skill.tar.gz"]))
    #expect(inspected.manifest == (try folder.manifest("in")))
  }
}
