import SkillArchive
import Skills
import TestSupport
import Testing

@Suite struct InspectionTests {
  @Test(arguments: TameArchives.all)
  func `what other programs write is read, and is not canonical`(archive: TameArchive) throws {
    let inspected = try ArchiveInspector.inspect(.bytes(archive.bytes))
    #expect(inspected.manifest.entries.map(\.path.string) == archive.paths)
    #expect(Set(inspected.manifest.entries.filter(\.isExecutable).map(\.path.string)) == archive.executables)
    #expect(inspected.skillMarkdown == TarBuilder.skillText)
    #expect(!inspected.isCanonical)
    #expect(inspected.treeDigest == inspected.manifest.treeDigest)
  }

  @Test(arguments: TameArchives.all)
  func `a canonical archive says the same and survives canonicalizing byte for byte`(archive: TameArchive) throws {
    let inspected = try ArchiveInspector.inspect(.bytes(archive.bytes))
    let packed = try SkillPacker.canonicalize(.bytes(archive.bytes))
    #expect(packed.manifest == inspected.manifest)
    #expect(packed.digest == Digest(of: packed.bytes))
    #expect(packed.skillMarkdown == TarBuilder.skillText)
    let again = try ArchiveInspector.inspect(.bytes(packed.bytes))
    #expect(again.isCanonical)
    #expect(again.manifest == inspected.manifest)
    #expect(again.treeDigest == packed.treeDigest)
    #expect(try SkillPacker.canonicalize(.bytes(packed.bytes)) == packed)
  }

  @Test func `sizes and digests are those of the contents`() throws {
    let content = noise(300_000, seed: 3)
    let archive = TarBuilder.skill { $0.file("data.bin", content) }
    let inspected = try ArchiveInspector.inspect(.bytes(archive.gzipped))
    let entry = try #require(inspected.manifest[try path("data.bin")])
    #expect(entry.size == content.count)
    #expect(entry.digest == Digest(of: content))
  }

  @Test func `anything but the canonical bytes is not canonical`() throws {
    let packed = try SkillPacker.pack(files: [
      PackedFile(path: .skillMarkdown, bytes: TarBuilder.skillText),
      PackedFile(path: try path("run.sh"), bytes: [0x78], isExecutable: true),
    ])
    #expect(try ArchiveInspector.inspect(.bytes(packed.bytes)).isCanonical)

    var timed = packed.bytes
    timed[4] = 1
    #expect(try !ArchiveInspector.inspect(.bytes(timed)).isCanonical)

    // The same headers as our own, but for the fields that other programs write differently.
    let foreign = TarBuilder.skill { $0.file("run.sh", mode: 0o755) }
    #expect(try !ArchiveInspector.inspect(.bytes(foreign.gzipped)).isCanonical)
  }

  @Test func `the files of an archive are read into memory, in either format`() throws {
    let archive = TarBuilder.skill {
      $0.file("a/b.md", Array("inner".utf8))
      $0.file("empty", [])
    }
    let zip = ZipBuilder.skill { $0.parts.append(ZipPart("a/b.md", Array("inner".utf8))) }
    let (inner, missing, empty) = (try path("a/b.md"), try path("missing"), try path("empty"))
    for source in [ArchiveSource.bytes(archive.gzipped), .bytes(zip.encoded)] {
      let files = try ArchiveContents(source).files
      #expect(files[inner] == Array("inner".utf8))
      #expect(files[missing] == nil)
    }
    #expect(try ArchiveContents(.bytes(archive.gzipped)).files[empty] == [])
  }

  @Test func `a file that cannot be read is an error of the disk`() throws {
    let folder = try TemporaryFolder()
    for missing in [folder["missing"], folder.path] {
      let error = #expect(throws: ArchiveError.self) { try ArchiveInspector.inspect(.file(missing)) }
      guard case .file(let fault) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(fault.operation == .open)
      #expect(fault.path == missing)
    }
  }
}
