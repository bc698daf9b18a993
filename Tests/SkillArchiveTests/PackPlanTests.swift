import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillArchive

@Suite struct PackPlanTests {
  private func folder(_ names: [String], ignoring lines: [String] = []) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("SKILL.md", TarBuilder.skillText)
    for name in names { try folder.write(name, "x") }
    if !lines.isEmpty { try folder.write(".skillignore", lines.joined(separator: "\n") + "\n") }
    return folder
  }

  private func packed(_ folder: TemporaryFolder) throws -> [String] {
    try PackPlan(folder: folder.path).files.map(\.path.string)
  }

  private func refused(_ folder: TemporaryFolder, _ change: (inout ArchiveLimits) -> Void = { _ in }) throws
    -> [ArchiveRule]
  {
    var options = PackOptions()
    change(&options.limits)
    return try PackPlan(folder: folder.path, options: options).refusals.map(\.rule)
  }

  @Test func `a plan packs the folder that was looked at, whatever stands there now`() throws {
    let folder = try TemporaryFolder()
    try folder.write("skill/SKILL.md", TarBuilder.skillText)
    let plan = try PackPlan(folder: folder["skill"])
    try FileManager.default.moveItem(atPath: folder["skill"].string, toPath: folder["moved"].string)
    try folder.write("skill/SKILL.md", TarBuilder.skillText + Array("swapped".utf8))
    #expect(try SkillPacker.pack(plan).skillMarkdown == TarBuilder.skillText)
  }

  @Test(arguments: [
    ".git/config", ".hg/x", ".svn/x", "node_modules/a/b.js", "sub/node_modules/a.js", ".env", ".env.local", "sub/.env",
    "id_rsa", "id_ed25519", "cert.pem", "server.key", "store.p12", ".DS_Store", "._SKILL.md", "Thumbs.db", "a.swp",
    "notes.md~", ".#lock", "#auto#", "__pycache__/a.pyc", "a.pyc", ".venv/bin/x", "sub/venv/lib/x", ".next/x",
    ".open-next/x", ".turbo/x", ".vscode/settings.json", ".npmrc", ".ssh/id", "probe-1.0.0.tar.gz", "probe-1.0.0.zip",
    "other.skill", ".github/workflows/x.yml", ".gitignore", ".clawhub/origin.json", ".agent-mesh.json",
  ])
  func `what nobody means to publish stays out by default`(name: String) throws {
    let folder = try folder([name, "kept.md"])
    #expect(try packed(folder) == ["SKILL.md", "kept.md"])
    let leftOut = try PackPlan(folder: folder.path).leftOut
    let isReserved = [".git/config", ".DS_Store", "._SKILL.md", ".agent-mesh.json"].contains(name)
    #expect(leftOut.map(\.reason) == [isReserved ? .reserved : .ignoredByDefault])
  }

  @Test(arguments: [".env", "sub/.env", "node_modules/a/b.js", "id[1].pem", "a b.key"])
  func `the line that keeps what is left out keeps it and nothing else`(name: String) throws {
    let folder = try folder([name, "other/\(name)"])
    let leftOut = try PackPlan(folder: folder.path).leftOut
    let line = try #require(leftOut.first { !$0.path.hasPrefix("other/") }?.keepingLine)
    try folder.write(".skillignore", line + "\n")
    #expect(try Set(packed(folder)) == ["SKILL.md", name])
  }

  @Test(arguments: [".git/config", ".DS_Store", "._SKILL.md", "__MACOSX/x", ".agent-mesh.json"])
  func `no line keeps what is of version control or of a system`(name: String) throws {
    let folder = try folder([name], ignoring: ["!\(name)", "!\(name.split(separator: "/")[0])"])
    #expect(try packed(folder) == ["SKILL.md"])
    let reserved = try PackPlan(folder: folder.path).leftOut.filter { $0.reason == .reserved }
    #expect(reserved.count == 1 && reserved.allSatisfy { $0.keepingLine == nil && $0.remedy.isEmpty })
  }

  @Test func `an ignore file that is too large stops the packing and is not cut`() throws {
    for text in [String(repeating: "a\n", count: 1_001), String(repeating: "a", count: (64 << 10) + 1)] {
      let folder = try folder([])
      try folder.write(".skillignore", text)
      let error = #expect(throws: PackError.self) { try PackPlan(folder: folder.path) }
      guard case .refused(let refusal) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(refusal.rule == .fileLimit && refusal.entry == ".skillignore")
    }
  }

  @Test(arguments: [
    "environment.md", "keys.md", "monkey.md", "src/build.sh", "distribution/x.md", "id.md", "sub/probe-1.0.0.tar.gz",
    "probe.tar.gz", "data.zip", "a/b/c.txt", "dist/cli.js", "references/build/a.md", "coverage/x.md",
    "resources/.zshrc",
    "assets/.env.example", "assets/.gitignore", "references/venv/a.md", "vendor/x.js", "id_rsa.pub", ".editorconfig",
  ])
  func `what only looks similar is packed`(name: String) throws {
    #expect(try packed(try folder([name])) == ["SKILL.md", name].sorted())
  }

  @Test func `the ignore file of the folder has the last word`() throws {
    let names = [
      "a.md", "b.log", "docs/c.log", ".env", ".github/workflows/ci.yml", ".github/other.md", "node_modules/app.js",
    ]
    let lines = ["*.log", "!docs/c.log", "!.env", "!.github/workflows/ci.yml", "!node_modules/"]
    let folder = try folder(names, ignoring: lines)
    #expect(
      try packed(folder) == [
        ".env", ".github/workflows/ci.yml", "SKILL.md", "a.md", "docs/c.log", "node_modules/app.js",
      ])
    let leftOut = try PackPlan(folder: folder.path).leftOut
    #expect(leftOut.contains(.init(path: "b.log", reason: .ignoredBySkillignore)))
    #expect(leftOut.contains(.init(path: ".github/other.md", reason: .ignoredByDefault)))
    #expect(leftOut.contains(.init(path: ".skillignore", reason: .ignoredByDefault)))
    for item in leftOut where item.reason == .ignoredByDefault {
      #expect(item.explanation == "is for version control, a host, an editor or the packer", "\(item.path)")
    }
  }

  @Test func `nothing can leave out the main file`() throws {
    #expect(try packed(try folder(["a.md"], ignoring: ["*"])) == ["SKILL.md"])
  }

  @Test func `an ignored folder is listed once and not entered`() throws {
    let folder = try folder(["node_modules/a/b/c.js", "tmp/x/y"], ignoring: ["tmp/"])
    let leftOut = try PackPlan(folder: folder.path).leftOut
    #expect(
      leftOut == [
        .init(path: ".skillignore", reason: .ignoredByDefault), .init(path: "node_modules/", reason: .ignoredByDefault),
        .init(path: "tmp/", reason: .ignoredBySkillignore),
      ])
  }

  @Test func `the archive about to be written is left out, whatever its name`() throws {
    let folder = try folder(["out.bin", "other.bin"])
    var options = PackOptions()
    options.excluding = folder["sub/../out.bin"]
    try folder.folder("sub")
    let plan = try PackPlan(folder: folder.path, options: options)
    #expect(plan.files.map(\.path.string) == ["SKILL.md", "other.bin"])
    #expect(plan.leftOut == [.init(path: "out.bin", reason: .output)])
  }

  @Test func `the name of the folder has no say in what is packed`() throws {
    let folder = try folder([])
    for name in ["own", "probe"] {
      for file in ["SKILL.md", "own-1.0.0.zip", "probe-1.0.0.zip"] {
        try folder.write("\(name)/\(file)", folder.bytes("SKILL.md"))
      }
      #expect(try PackPlan(folder: folder[name]).files.map(\.path.string) == ["SKILL.md", "own-1.0.0.zip"])
    }
  }

  @Test func `packing twice into the folder itself gives the same archive`() throws {
    let folder = try folder(["a.md"])
    let first = try SkillPacker.pack(PackPlan(folder: folder.path))
    try folder.write("probe-1.0.0.tar.gz", first.bytes)
    #expect(try SkillPacker.pack(PackPlan(folder: folder.path)) == first)
  }

  @Test func `too many files and too large ones are refused while planning`() throws {
    let folder = try folder(["a", "b", "c", "d"])
    #expect(try refused(folder) { $0.entries = 3 } == [.entryLimit])
    #expect(try refused(folder) { $0.skillMarkdownBytes = 3 } == [.skillMarkdownLimit])
    #expect(try refused(folder) { $0.fileBytes = 0 } == [.fileLimit, .fileLimit, .fileLimit, .fileLimit, .fileLimit])
  }

  @Test func `everything that no archive may hold is listed, and stops the packing`() throws {
    let folder = try folder(["a:b", "con.txt", "kept.md", "ß", "SS"])
    let plan = try PackPlan(folder: folder.path)
    #expect(plan.refusals.map(\.entry) == ["a:b", "con.txt", "ß"])
    #expect(plan.refusals.map(\.rule) == [.nameForbiddenCharacter, .nameReserved, .collidingNames])
    #expect(plan.files.map(\.path.string) == ["SKILL.md", "SS", "kept.md"])
    #expect(refusal { try SkillPacker.pack(plan) } == .nameForbiddenCharacter)
  }

  @Test func `what lies too deep is refused and never left out in silence`() throws {
    let folders = (1...30).map { "f\($0)" }
    let deep = try folder([folders.joined(separator: "/") + "/lost.md"])
    #expect(try refused(deep) == [.nameTooDeep])
    let shallow = try folder([folders.prefix(16).joined(separator: "/") + "/lost.md"])
    #expect(try refused(shallow) == [.nameTooDeep])
  }

  @Test func `an ignore file that is none is refused by its name`() throws {
    let folder = try folder([])
    try folder.link(".skillignore", to: "elsewhere")
    let plan = try PackPlan(folder: folder.path)
    #expect(plan.refusals.map(\.entry) == [".skillignore"])
    #expect(plan.refusals.first?.message == "'.skillignore' must be a regular file")
    let other = try self.folder([".skillignore/x"])
    #expect(try PackPlan(folder: other.path).refusals.map(\.entry) == [".skillignore"])
  }

  @Test func `secrets stop the packing until their file is allowed by name`() throws {
    let folder = try folder([])
    try folder.write("config/settings.py", "# settings\n\nkey = '\(fakeToken("ghp_", 36))'\n")
    let plan = try PackPlan(folder: folder.path)
    let finding = SecretFinding(path: try path("config/settings.py"), line: 3, kind: "GitHub token")
    #expect(plan.secrets == [finding])
    #expect(throws: PackError.secrets([finding])) { try SkillPacker.pack(plan) }

    var options = PackOptions()
    options.allowedSecrets = [try path("config/settings.py")]
    let allowed = try PackPlan(folder: folder.path, options: options)
    #expect(allowed.secrets.isEmpty)
    #expect(try SkillPacker.pack(allowed).manifest.entries.count == 2)
  }

  @Test func `a replaced main file is looked into as well`() throws {
    let folder = try folder([])
    let plan = try PackPlan(folder: folder.path)
    let text = Array("token: \(fakeToken("ghp_", 36))\n".utf8)
    #expect(plan.replacingSkillMarkdown(with: text).secrets.map(\.line) == [1])
    #expect(plan.replacingSkillMarkdown(with: text, allowingSecrets: true).secrets.isEmpty)
  }
}
