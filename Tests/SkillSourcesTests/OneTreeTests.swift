import Foundation
import SkillArchive
import Skills
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import SkillSources

/// The same source gives the same tree by every way.
@Suite struct OneTreeTests {
  let work: Workplace

  init() throws { work = try Workplace() }

  private static let kept = [
    "SKILL.md", "assets/.env.example", "dist/cli.js", "references/build/a.md", "resources/.zshrc",
  ]
  private static let leftOut = [
    "._SKILL.md", ".DS_Store", ".env", ".github/", ".skillignore", "CLAUDE.md", "dead", "node_modules/", "notes/",
    "server.pem",
  ]

  private func write(_ folder: String) throws {
    try work.folder.write("\(folder)/SKILL.md", Workplace.skill("probe"))
    for path in Self.kept.dropFirst() { try work.folder.write("\(folder)/\(path)", "x") }
    for path in ["._SKILL.md", ".DS_Store", ".env", "server.pem"] { try work.folder.write("\(folder)/\(path)", "x") }
    for path in [".github/workflows/x.yml", "node_modules/a/index.js", "notes/a.md"] {
      try work.folder.write("\(folder)/\(path)", "x")
    }
    try work.folder.write("\(folder)/.skillignore", "notes/\n!.DS_Store\n!._SKILL.md\n")
    try work.folder.link("\(folder)/CLAUDE.md", to: "SKILL.md")
    try work.folder.link("\(folder)/dead", to: "nowhere")
  }

  private func run(_ program: String, _ arguments: [String]) async throws {
    let record = try await Subprocess.run(
      .name(program), arguments: Arguments(arguments), workingDirectory: work.folder["project"],
      output: .discarded, error: .string(limit: 4_096))
    try #require(record.terminationStatus.isSuccess, "\(record.standardError)")
  }

  private func check(_ skill: SourcedSkill?, _ way: String, _ tree: TreeDigest?) throws {
    let skill = try #require(skill, "\(way)")
    #expect(skill.paths == Self.kept, "\(way)")
    #expect(skill.leftOut.map(\.path).sorted() == Self.leftOut.sorted(), "\(way)")
    if let tree { #expect(skill.packed.treeDigest == tree, "\(way)") }
    let warned = skill.findings.filter { $0.rule == .leftOut && $0.severity == .warning }.map(\.file)
    #expect(Set(warned) == ["CLAUDE.md", "dead"], "\(way)")
  }

  @Test func `a folder, a repository and archives give one tree, and tell the same of what they leave out`()
    async throws
  {
    try write("project/probe")
    let folder = try #require(try await work.reader.list(.path("./probe")).first)
    try check(folder, "folder", nil)
    let tree = folder.packed.treeDigest

    try write("repo")
    try await work.commit()
    let git = SkillSource.git(url: work.repository, ref: nil, folder: nil)
    try check(try await work.reader.list(git).first, "git", tree)

    try await run("tar", ["-czf", "a.tar.gz", "probe"])
    try await run("tar", ["-czf", "b.tgz", "-C", "probe", "."])
    for name in ["a.tar.gz", "b.tgz"] {
      try check(try await work.reader.list(.path("./\(name)")).first, name, tree)
    }
    let zip = ["/usr/bin/zip", "/usr/local/bin/zip"].contains { FileManager.default.isExecutableFile(atPath: $0) }
    if zip {
      try await run("zip", ["-qry", "c.skill", "probe"])
      try check(try await work.reader.list(.path("./c.skill")).first, "zip", tree)
    }

    let bytes = try work.folder.bytes("project/a.tar.gz")
    let index =
      #"{"$schema":"\#(WellKnownDocument.schema)","skills":[{"name":"probe","type":"archive","description":"x","url":"/a.tar.gz","digest":"\#(Digest(of: bytes))"}]}"#
    let server = TestServer { request, connection in
      switch request.target {
      case "/.well-known/agent-skills/index.json": try connection.reply(200, index)
      case "/a.tar.gz": try connection.reply(200, bytes)
      default: try connection.reply(404)
      }
    }
    let address = "http://127.0.0.1:\(server.port)"
    try check(try await work.reader.list(.wellKnown(site: address, name: "")).first, "site", tree)
    try check(try await work.reader.list(.archive(url: "\(address)/a.tar.gz")).first, "address", tree)
  }

  @Test func `a SKILL.md that is a link is refused by every way`() async throws {
    for root in ["project/kit", "repo"] {
      try work.folder.write("\(root)/shared/guide.md", "x")
      try work.folder.write("\(root)/c/SKILL.md", Workplace.skill("c"))
      for folder in ["a", "b", "c/inner", "node_modules/x"] {
        try work.folder.write("\(root)/\(folder)/notes.md", "x")
        try work.folder.link("\(root)/\(folder)/SKILL.md", to: folder == "a" ? "../shared/guide.md" : "nowhere")
      }
      try work.folder.link("\(root)/d", to: "c")
    }
    try await work.commit()
    try await run("tar", ["-czf", "kit.tar.gz", "kit"])
    for source in [
      SkillSource.path("./kit"), .path("./kit.tar.gz"), .git(url: work.repository, ref: nil, folder: nil),
    ] {
      let listing = try await work.reader.survey(source)
      #expect(listing.skills.map(\.folderText) == ["c"], "\(source)")
      #expect(listing.refused.map(\.location).sorted() == ["a", "b"], "\(source)")
      #expect(listing.refused.allSatisfy { $0.reason.message == "its SKILL.md is a link" }, "\(source)")
    }
  }

  @Test func `a wrapping folder counts whatever is ignored beside it`() async throws {
    var tar = TarBuilder()
    tar.file("c/SKILL.md", Array(Workplace.skill("c").utf8))
    for path in ["Thumbs.db", "desktop.ini", ".github/x.yml"] { tar.file(path, [0x78]) }
    #expect(try ForeignArchive.skill(in: .bytes(tar.gzipped)).files.map(\.path.string) == ["SKILL.md"])

    tar.file("README.md", [0x78])
    let error = #expect(throws: ArchiveError.self) { try ForeignArchive.skill(in: .bytes(tar.gzipped)) }
    #expect(error?.meshError.hint?.contains("'c'") == true)
  }

  @Test func `what a Mac and a working copy leave in an archive is neither read nor part of a skill`() async throws {
    var tar = TarBuilder()
    tar.file("probe/SKILL.md", Array(Workplace.skill("probe").utf8))
    tar.file("probe/._SKILL.md", [0, 5, 22, 7])
    tar.file("probe/.git/config", [0x78])
    tar.file("probe/.git/CON", [0x78])
    tar.file("__MACOSX/probe/._SKILL.md", [0, 5, 22, 7])
    try work.folder.write("project/probe.tar.gz", tar.gzipped)
    let skill = try #require(try await work.reader.list(.path("./probe.tar.gz")).first)
    #expect(skill.paths == ["SKILL.md"])
    #expect(skill.leftOut.map(\.path).sorted() == ["._SKILL.md", ".git/"])
  }

  @Test func `a name that a file system keeps decomposed is the same by every way`() async throws {
    let name = "cafe\u{301}.md"
    try work.folder.write("repo/SKILL.md", Workplace.skill("probe"))
    try work.folder.write("repo/\(name)", "x")
    try await work.commit()
    var tar = TarBuilder()
    tar.file("SKILL.md", Array(Workplace.skill("probe").utf8))
    tar.file(name, [0x78])
    try work.folder.write("project/probe.tar.gz", tar.gzipped)
    let git = try #require(
      try await work.reader.list(.git(url: work.repository, ref: nil, folder: nil)).first)
    let archive = try #require(try await work.reader.list(.path("./probe.tar.gz")).first)
    #expect(git.paths == ["SKILL.md", "café.md"])
    #expect(git.packed.treeDigest == archive.packed.treeDigest)
  }
}
