import Foundation
import SkillArchive
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct HostileArchiveTests {
  @Test(arguments: HostileArchives.all)
  func `every hostile archive is refused for its own reason`(archive: HostileArchive) {
    #expect(refusal { try ArchiveInspector.inspect(.bytes(archive.bytes)) } == archive.rule, "\(archive)")
  }

  @Test(arguments: HostileArchives.all)
  func `unpacking a hostile archive writes nothing outside of the folder`(archive: HostileArchive) throws {
    let parent = try TemporaryFolder()
    try parent.write("victim", "untouched", mode: 0o600)
    try parent.folder("a/target")
    let before = try treeHash(of: parent.path)
    try parent.withDirectory("a/target") { target in
      let rule = refusal { try SkillUnpacker.unpack(.bytes(archive.bytes), into: target) }
      #expect(rule == archive.rule, "\(archive)")
    }
    // What lies in it is for the caller to remove.
    try FileManager.default.removeItem(atPath: parent["a/target"].string)
    try parent.folder("a/target")
    #expect(try treeHash(of: parent.path) == before)
  }

  @Test func `refusals are the same from a file as from memory`() throws {
    let folder = try TemporaryFolder()
    for archive in HostileArchives.all where archive.bytes.count < 1 << 20 {
      let file = try folder.write("archive", archive.bytes)
      #expect(refusal { try ArchiveInspector.inspect(.file(file)) } == archive.rule, "\(archive)")
    }
  }

  @Test func `our own reader alone refuses every one of them, too`() {
    for archive in HostileArchives.all {
      var visitor = NothingVisitor()
      let rule = refusal { try ArchiveWalk.walk(.bytes(archive.bytes), visitor: &visitor) }
      #expect(rule == archive.rule, "\(archive)")
    }
  }

  @Test func `nearly every rule has an archive that breaks it`() {
    let covered = Set(HostileArchives.all.map(\.rule))
    // These need limits of their own, a lying file system, or two readers that really disagree.
    let elsewhere: Set<ArchiveRule> = [.compressedLimit, .deliveredLimit, .timeLimit, .parsersDisagree]
    #expect(covered.union(elsewhere) == Set(ArchiveRule.allCases))
    #expect(covered.isDisjoint(with: elsewhere))
  }

  @Test(arguments: ["C", "C.UTF-8", "POSIX"])
  func `the locale changes no verdict`(locale: String) throws {
    try inLocale(locale) {
      for archive in HostileArchives.all where archive.bytes.count < 1 << 16 {
        #expect(refusal { try ArchiveInspector.inspect(.bytes(archive.bytes)) } == archive.rule, "\(archive)")
      }
      for archive in TameArchives.all {
        let inspected = try ArchiveInspector.inspect(.bytes(archive.bytes))
        #expect(inspected.manifest.entries.map(\.path.string) == archive.paths, "\(archive)")
      }
    }
  }

  @Test func `a refusal prints the entry escaped`() throws {
    let archive = TarBuilder.skill { $0.file("a\u{1B}[2J\u{202E}b") }
    let error = #expect(throws: ArchiveError.self) { try ArchiveInspector.inspect(.bytes(archive.gzipped)) }
    let text = try #require(error).description
    #expect(text.contains(#"a\u{1B}[2J\u{202E}b"#))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }
}
