import Foundation
import Skills
import SystemPackage
import TestSupport
import Testing

@testable import SkillSources

@Suite struct GitSourceTests {
  let work = try! Workplace()

  private func source(ref: String? = nil, folder: String? = nil) -> SkillSource {
    .git(url: work.repository, ref: ref, folder: folder)
  }

  @Test func `reads every skill of a repository with its bytes, names and modes`() async throws {
    try work.folder.write("repo/skills/pdf/SKILL.md", Workplace.skill("pdf"))
    try work.folder.write("repo/skills/pdf/scripts/run.sh", "#!/bin/sh\r\n", mode: 0o755)
    try work.folder.write("repo/skills/pdf/ä/日本.md", "é")
    try work.folder.write("repo/.claude/skills/two/skill.md", Workplace.skill("two"))
    try work.folder.write("repo/.hidden/x/SKILL.md", Workplace.skill("hidden"))
    try work.folder.write("repo/node_modules/y/SKILL.md", Workplace.skill("module"))
    let commit = try await work.commit()

    let skills = try await work.reader.list(source())

    #expect(skills.map(\.folderText) == ["pdf", "two"])
    #expect(skills.map(\.commit) == [commit, commit])
    #expect(skills.map(\.source) == [source(folder: "skills/pdf"), source(folder: ".claude/skills/two")])
    #expect(skills[0].paths == ["SKILL.md", "scripts/run.sh", "ä/日本.md"])
    #expect(skills[0].packed.manifest.entries.map(\.isExecutable) == [false, true, false])
    #expect(skills[0].packed.manifest.entries[1].digest == Digest(of: Array("#!/bin/sh\r\n".utf8)))
    #expect(skills[1].paths == ["SKILL.md"])
    #expect(try work.leftovers.isEmpty)
  }

  @Test func `a folder of a repository is read alone, and the lock finds it again`() async throws {
    let needs = "metadata:\n  dependencies: acme/base@^1, nonsense\n"
    try work.folder.write("repo/a/SKILL.md", Workplace.skill("a", needs))
    try work.folder.write("repo/b/SKILL.md", Workplace.skill("b"))
    let commit = try await work.commit()

    let skill = try #require(try await work.reader.list(source(folder: "a")).first)
    let locked = skill.locked(as: try SkillSlug(parsing: "mine"))
    let again = try await work.reader.fetch(locked)

    #expect(locked.origin == .source(source(folder: "a"), commit: commit, version: nil))
    #expect(locked.dependencies.map(\.description) == ["acme/base@^1"])
    #expect(skill.findings.contains { $0.rule == .dependencyForeign })
    #expect(again.packed == skill.packed)
  }

  @Test func `a locked commit is fetched although the branch has moved`() async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    let old = try await work.commit()
    let locked = try #require(try await work.reader.list(source(ref: "main")).first).locked(as: .root)
    try work.folder.write("repo/SKILL.md", Workplace.skill("root") + "changed\n")
    let new = try await work.commit()

    let fetched = try await work.reader.fetch(locked)
    let newest = try #require(try await work.reader.list(source(ref: "main")).first)

    #expect(fetched.commit == old)
    #expect(fetched.packed.treeDigest == locked.treeDigest)
    #expect(newest.commit == new)
    #expect(newest.packed.treeDigest != locked.treeDigest)
  }

  @Test(arguments: ["v1", "refs/tags/v1", "feature/x", "COMMIT"])
  func `a tag, a branch with a slash and a commit are references`(text: String) async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    let commit = try await work.commit()
    try await work.git("tag", "-a", "v1", "-m", "x")
    try await work.git("branch", "feature/x")
    try work.folder.write("repo/other", "x")
    try await work.commit()

    let skills = try await work.reader.list(source(ref: text == "COMMIT" ? commit : text))

    #expect(skills.map(\.commit) == [commit])
    #expect(skills.first?.paths == ["SKILL.md"])
  }

  @Test func `other files under a locked commit are an integrity error with both digests`() async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    try await work.commit()
    let skill = try #require(try await work.reader.list(source()).first)
    var locked = skill.locked(as: .root)
    let other = FileManifest([.init(path: .skillMarkdown, size: 0, digest: Digest(of: []), isExecutable: false)])
    locked.treeDigest = other.treeDigest

    let error = await #expect(throws: MeshError.self) { try await work.reader.fetch(locked) }

    #expect(error?.code == .integrityError)
    #expect(error?.message.contains(other.treeDigest.description) == true)
    #expect(error?.message.contains(skill.packed.treeDigest.description) == true)
  }

  @Test func `planted hooks, filters and attributes never run and change nothing`() async throws {
    let canary = work.folder["canary"].string
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    try work.folder.write(
      "repo/.gitattributes", "* text eol=crlf filter=evil diff=evil\n*.bin filter=lfs\nSKILL.md export-ignore ident\n")
    try work.folder.write("repo/$Id$.bin", "$Id$\n")
    try await work.commit()
    for hook in ["post-checkout", "post-merge", "reference-transaction", "pre-auto-gc", "post-index-change"] {
      try work.folder.write("repo/.git/hooks/\(hook)", "#!/bin/sh\ntouch '\(canary)'\n", mode: 0o755)
    }
    try await work.git("config", "filter.evil.smudge", "touch '\(canary)'; cat")
    try await work.git("config", "filter.evil.clean", "touch '\(canary)'; cat")
    try await work.git("config", "uploadpack.packObjectsHook", "touch '\(canary)';")
    try await work.git("config", "core.fsmonitor", "touch '\(canary)'")
    try work.folder.write(
      "home/.gitconfig", "[core]\n\tsshCommand = touch '\(canary)'\n[filter \"evil\"]\n\tsmudge = false\n")
    let before = try treeHash(of: work.folder["repo"])

    let skills = try await work.reader.list(source())

    #expect(skills.first?.packed.skillMarkdown == Array(Workplace.skill("root").utf8))
    #expect(skills.first?.packed.manifest.entries.contains { $0.digest == Digest(of: Array("$Id$\n".utf8)) } == true)
    #expect(!FileManager.default.fileExists(atPath: canary))
    #expect(try treeHash(of: work.folder["repo"]) == before)
  }

  @Test func `a submodule is left out with a warning`() async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    let commit = try await work.commit()
    try await work.git("update-index", "--add", "--cacheinfo", "160000,\(commit),inner")
    try await work.git("commit", "--quiet", "-m", "x")

    let skill = try #require(try await work.reader.list(source()).first)

    #expect(skill.paths == ["SKILL.md"])
    let finding = try #require(skill.findings.first { $0.file == "inner" })
    #expect(finding.severity == .warning)
    #expect(finding.message.contains("another repository"))
  }

  @Test(arguments: ["..", ".git", ".", "a/b"])
  func `a tree with a name that leaves its folder is not taken`(name: String) async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    try await work.commit()
    let blob = try await work.git("hash-object", "-w", "--stdin", input: Workplace.skill("root"))
    let inner = try await work.git("mktree", input: "100644 blob \(blob)\tevil\n")
    let tree = try await rawTree([("100644", "SKILL.md", blob), ("40000", name, inner)])
    let commit = try await work.git("commit-tree", tree, "-m", "x")
    try await work.git("update-ref", "refs/heads/evil", commit)
    let before = try treeHash(of: work.folder["repo"])

    await #expect(throws: MeshError.self) { try await work.reader.list(source(ref: "evil")) }

    #expect(try treeHash(of: work.folder["repo"]) == before)
    #expect(try work.leftovers.isEmpty)
  }

  @Test(arguments: [
    "--upload-pack=touch /tmp/x", "-x", "+main", "a:b", "main^", "a..b", "@{-1}", "a b", "", "x.lock", "/x",
    "\u{1B}[0m",
  ])
  func `a reference that git could read as something else is refused before git sees it`(ref: String) async throws {
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(source(ref: ref)) }
    #expect(error?.code == .usage)
  }

  @Test(arguments: [
    "ext::sh -c true", "http://example.org/x.git", "/abs/path", "--upload-pack=x", "git://example.org/x",
  ])
  func `an address of another protocol is refused`(url: String) async throws {
    let error = await #expect(throws: MeshError.self) {
      try await work.reader.list(.git(url: url, ref: nil, folder: nil))
    }
    #expect(error?.code == .usage)
  }

  @Test func `without git the error says what to do`() async throws {
    let bare = try Workplace(environment: ["PATH": "/nonexistent"])
    let error = await #expect(throws: MeshError.self) { try await bare.reader.list(source()) }
    #expect(error?.code == .configurationError)
    #expect(error?.hint?.contains("Install git") == true)
  }

  @Test(arguments: ["nowhere", String(repeating: "a", count: 40)])
  func `a missing reference is named`(ref: String) async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    try await work.commit()
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(source(ref: ref)) }
    #expect(error?.code == .notFound)
    #expect(error?.hint?.contains("git ls-remote") == true)
    #expect(error?.message.contains(ref) == true)
  }

  @Test func `a missing folder and a repository without skills are not found`() async throws {
    try work.folder.write("repo/README.md", "x")
    try await work.commit()
    for folder in ["nowhere", nil] {
      let error = await #expect(throws: MeshError.self) { try await work.reader.list(source(folder: folder)) }
      #expect(error?.code == .notFound)
    }
  }

  @Test func `a repository with long ids is read like any other`() async throws {
    try await work.git("init", "--quiet", "--object-format=sha256")
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    let commit = try await work.commit()
    #expect(commit.count == 64)

    let skill = try #require(try await work.reader.list(source()).first)

    #expect(skill.commit == commit)
    #expect(try await work.reader.fetch(skill.locked(as: .root)).packed == skill.packed)
  }

  @Test func `a git that never ends is stopped when its caller is`() async throws {
    let marker = work.folder["started"].string
    try work.folder.write("bin/git", "#!/bin/sh\n: > '\(marker)'\nexec sleep 1000\n", mode: 0o755)
    let slow = try Workplace(environment: ["PATH": "\(work.folder["bin"].string):/usr/bin:/bin"])
    let task = Task { try await slow.reader.list(source()) }
    let deadline = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: marker), ContinuousClock.now < deadline { await Task.yield() }
    task.cancel()

    let error = await #expect(throws: MeshError.self) { try await task.value }

    #expect(error?.code == .cancelled)
    #expect(try slow.leftovers.isEmpty)
  }

  @Test func `a git that takes too long is stopped, with all that it started`() async throws {
    try work.folder.write("bin/git", "#!/bin/sh\nsleep 1000 &\necho $! > '\(work.folder["pid"])'\nwait\n", mode: 0o755)
    let path = ["PATH": "\(work.folder["bin"].string):/usr/bin:/bin"]
    let slow = try Workplace(environment: path)

    let error = await #expect(throws: MeshError.self) {
      try await slow.checkout(work.repository, budget: .seconds(4))
    }

    #expect(error?.code == .timeout)
    let child = try #require(Int32(String(decoding: try work.folder.bytes("pid"), as: UTF8.self).dropLast()))
    // Nobody has to reap it at once; but it must not run any more.
    let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
    #expect(state?.contains(") S ") != true)
  }

  @Test func `a locked commit is found behind its branch where the server gives none by its id`() async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    let old = try await work.commit()
    let locked = try #require(try await work.reader.list(source(ref: "main")).first).locked(as: .root)
    for _ in 0..<3 { try await work.commit() }
    let strict = try work.countingGit(failing: "*+\(old):*")

    let fetched = try await strict.reader.fetch(locked)

    #expect(fetched.commit == old)
    #expect(fetched.packed.treeDigest == locked.treeDigest)
  }

  /// Writes a tree object that no command of git would make.
  private func rawTree(_ entries: [(mode: String, name: String, id: String)]) async throws -> String {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes += Array("\(entry.mode) \(entry.name)\u{0}".utf8)
      bytes += stride(from: 0, to: entry.id.count, by: 2).map { index in
        UInt8(entry.id.dropFirst(index).prefix(2), radix: 16)!
      }
    }
    let file = try work.folder.write("tree", bytes)
    return try await work.git("hash-object", "-t", "tree", "-w", "--literally", file.string)
  }
}

extension SkillSlug {
  fileprivate static let root = try! SkillSlug(parsing: "root")
}
