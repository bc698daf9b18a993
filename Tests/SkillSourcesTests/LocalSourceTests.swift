import Foundation
import SkillArchive
import SkillSources
import Skills
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite(.serialized) struct LocalSourceTests {
  let work = try! Workplace()

  @Test func `a folder that is a skill is that skill, whatever lies below`() async throws {
    try work.folder.write("project/pdf/skill.md", Workplace.skill("pdf"))
    try work.folder.write("project/pdf/inner/SKILL.md", Workplace.skill("inner"))
    try work.folder.write("project/pdf/run.sh", "x", mode: 0o755)

    let skills = try await work.reader.list(.path("./pdf"))

    #expect(skills.map(\.source) == [.path("./pdf")])
    #expect(skills[0].paths == ["SKILL.md", "inner/SKILL.md", "run.sh"])
    #expect(try await work.reader.fetch(skills[0].locked(as: skills[0].suggestedFolder)).packed == skills[0].packed)
  }

  @Test func `a collection is searched five levels deep, past hidden folders and links`() async throws {
    for place in ["one", "a/b/c/d/five", ".claude/skills/claude", ".agents/skills/agents"] {
      try work.folder.write("project/all/\(place)/SKILL.md", Workplace.skill(String(place.split(separator: "/").last!)))
    }
    for place in ["a/b/c/d/e/six", ".git/x", ".claude/other/x", "node_modules/x"] {
      try work.folder.write("project/all/\(place)/SKILL.md", Workplace.skill("wrong"))
    }
    try work.folder.write("outside/SKILL.md", Workplace.skill("outside"))
    try work.folder.link("project/all/linked", to: work.folder["outside"].string)

    let skills = try await work.reader.list(.path("./all"))

    #expect(skills.map(\.folderText) == ["agents", "claude", "five", "one"])
    #expect(skills.map(\.source.description).contains("path:./all/a/b/c/d/five"))
  }

  @Test func `secrets and links are findings, not failures`() async throws {
    try work.folder.write("project/x/SKILL.md", Workplace.skill("x"))
    let key = "-----BEGIN RSA PRIVATE KEY-----\n" + String(repeating: "MIIEowIBAAKCAQEAx7", count: 8)
    try work.folder.write("project/x/notes.md", key + "\n-----END RSA PRIVATE KEY-----\n")
    try work.folder.link("project/x/link", to: "/etc/passwd")

    let skill = try #require(try await work.reader.list(.path("./x")).first)

    #expect(skill.paths == ["SKILL.md", "notes.md"])
    #expect(skill.findings.contains { $0.rule == .possibleSecret && $0.file == "notes.md" })
    #expect(skill.findings.contains { $0.file == "link" && $0.severity == .warning })
  }

  @Test func `of a locked skill that is gone the removal is offered`() async throws {
    try work.folder.write("project/x/SKILL.md", Workplace.skill("x"))
    let found = try #require(try await work.reader.list(.path("./x")).first)
    let locked = found.locked(as: found.suggestedFolder)
    try FileManager.default.removeItem(atPath: work.folder["project/x"].string)
    let reader = work.reader
    let fetching = await #expect(throws: MeshError.self) { try await reader.fetch(locked) }
    let updating = await #expect(throws: MeshError.self) { try await reader.newest(of: locked, at: found.source) }
    for error in [fetching, updating] {
      #expect(error?.code == .notFound)
      #expect(error?.hint?.hasSuffix("agent-mesh skills remove x") == true)
    }
  }

  @Test(arguments: ["./nowhere", "./empty"])
  func `what is not there is not found`(path: String) async throws {
    try work.folder.folder("project/empty")
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(.path(path)) }
    #expect(error?.code == .notFound)
  }

  @Test(arguments: [
    ("Writing Hookify Rules", "folder", "folder"), ("Writing Hookify Rules", "Some Folder", "writing-hookify-rules"),
    ("日本", "Folder 2", "folder-2"), ("fine", "folder", "fine"),
  ])
  func `a name that is no slug gives way to the folder's, and then to the nearest slug`(
    name: String, folder: String, slug: String
  ) async throws {
    try work.folder.write("project/\(folder)/SKILL.md", Workplace.skill(name))
    #expect(try await work.reader.list(.path("./\(folder)")).map(\.folderText) == [slug])
  }

  @Test func `names without a letter that a slug could keep still lead to a stable folder`() async throws {
    try work.folder.write("project/日本/SKILL.md", Workplace.skill("日本"))
    let first = try await work.reader.list(.path("./日本")).map(\.folderText)
    #expect(first.first?.hasPrefix("skill-") == true)
    #expect(try await work.reader.list(.path("./日本")).map(\.folderText) == first)
  }

  // MARK: - Archives

  @Test(arguments: TameArchives.all)
  func `an archive of any order and form is read`(archive: TameArchive) async throws {
    try work.folder.write("project/x.bin", archive.bytes)
    let skill = try #require(try await work.reader.list(.path("./x.bin")).first)
    #expect(skill.paths == archive.paths.sorted())
    #expect(Set(skill.packed.manifest.entries.filter(\.isExecutable).map(\.path.string)) == archive.executables)
  }

  @Test(arguments: ["gnu", "oldgnu", "pax", "ustar"], [".", "wrapper"])
  func `what the system's tar writes is read`(format: String, what: String) async throws {
    let long = String(repeating: "long/", count: 12) + String(repeating: "n", count: 120) + ".md"
    try work.folder.write("in/wrapper/SKILL.md", Workplace.skill("tarred"))
    try work.folder.write("in/wrapper/bin/run", "x", mode: 0o755)
    if format != "ustar" { try work.folder.write("in/wrapper/\(long)", "y") }
    let place = what == "." ? work.folder["in/wrapper"] : work.folder["in"]
    let record = try await Subprocess.run(
      .name("tar"),
      arguments: [
        "--format=\(format)", "-czf", work.folder["project"].appending("x.tar.gz").string, "-C", place.string, what,
      ], output: .discarded, error: .string(limit: 4_096))
    try #require(record.terminationStatus.isSuccess, "\(record.standardError)")

    let skill = try #require(try await work.reader.list(.path("./x.tar.gz")).first)

    #expect(skill.paths == ["SKILL.md", "bin/run"] + (format == "ustar" ? [] : [long]))
    #expect(skill.packed.manifest.entries[1].isExecutable)
  }

  @Test func `what git archive writes is read, several skills and a comment for all entries`() async throws {
    try work.folder.write("repo/skills/one/SKILL.md", Workplace.skill("one"))
    try work.folder.write("repo/skills/two/SKILL.md", Workplace.skill("two"))
    try work.folder.write("repo/README.md", "x")
    try await work.commit()
    let file = work.folder["project"].appending("all.tar.gz").string
    try await work.git("archive", "--format=tar.gz", "--prefix=repo-main/", "-o", file, "HEAD")

    let skills = try await work.reader.list(.path("./all.tar.gz"))

    #expect(skills.map(\.folderText) == ["one", "two"])
    #expect(skills.map(\.source) == [.path("./all.tar.gz#one"), .path("./all.tar.gz#two")])
    for skill in skills {
      #expect(try await work.reader.fetch(skill.locked(as: skill.suggestedFolder)).folderText == skill.folderText)
    }
  }

  /// What breaks the dialect by its form alone, as other programs write it, with the files that must come out.
  static let harmless: [String: [String]] = [
    "AR1 name \"./x\"": ["SKILL.md", "x"],
    "AR1 pax path \"./x\"": ["SKILL.md", "x"],
    "AR1 folder of everything": ["SKILL.md"],
    "AR11 3,000 folders": ["SKILL.md"],
    "AR15 GNU magic": ["SKILL.md", "file"],
    "AR1 name \"./x\" (zip)": ["SKILL.md", "x"],
  ].merging(
    [
      "SCHILY.xattr.user.a", "SCHILY.acl.access", "SCHILY.fflags", "LIBARCHIVE.xattr.user.a",
      "LIBARCHIVE.creationtime", "uid", "gid", "uname", "gname", "comment",
    ].map { ("AR14 pax key \($0)", ["SKILL.md", "file"]) }, uniquingKeysWith: { $1 })

  @Test func `entries that are not read count as others do`() async throws {
    let archive = TarBuilder.skill { tar in
      for number in 0...20_000 { tar.file("._\(number)", []) }
    }
    try work.folder.write("project/x.tar.gz", archive.gzipped)
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(.path("./x.tar.gz")) }
    #expect(error?.message.contains("more than 20000 entries") == true, "\(String(describing: error))")
  }

  @Test func `an ignore file that is too large is refused by every way`() async throws {
    let lines = String(repeating: "a\n", count: 1_001)
    for folder in ["repo", "project/folder"] {
      try work.folder.write("\(folder)/SKILL.md", Workplace.skill("probe"))
      try work.folder.write("\(folder)/.skillignore", lines)
    }
    try await work.commit()
    let archive = TarBuilder.skill { $0.file(".skillignore", Array(lines.utf8)) }
    try work.folder.write("project/x.tar.gz", archive.gzipped)
    let git = SkillSource.git(url: work.repository, ref: nil, folder: nil)
    for source in [git, .path("./folder"), .path("./x.tar.gz")] {
      let error = await #expect(throws: MeshError.self) { try await work.reader.list(source) }
      #expect(error?.message.contains("1000 lines") == true, "\(source): \(String(describing: error))")
    }
  }

  @Test(arguments: HostileArchives.all)
  func `a hostile archive is refused as a whole and nothing on disk changes`(archive: HostileArchive) async throws {
    try work.folder.write("canary/file", "x")
    try work.folder.write("project/x.bin", archive.bytes)
    let before = try treeHash(of: work.folder.path)

    if let paths = Self.harmless[archive.description] {
      #expect(try await work.reader.list(.path("./x.bin")).map(\.paths) == [paths])
    } else if archive.staysOut {
      #expect(try await work.reader.list(.path("./x.bin")).map(\.paths) == [["SKILL.md"]])
    } else if archive.rule == .nameNotNormalized {
      #expect(try await work.reader.list(.path("./x.bin")).first?.paths.count == 2)
    } else {
      await #expect(throws: MeshError.self) { try await work.reader.list(.path("./x.bin")) }
    }

    #expect(try treeHash(of: work.folder.path) == before)
  }
}
