import Foundation
import Skills
import TestSupport
import Testing

@testable import SkillSources

/// What one command fetches: every repository, archive and index once, whatever is asked of it.
@Suite struct SharedFetchTests {
  let work: Workplace
  private static let names = (1...20).map { "skill-\($0)" }

  init() throws { work = try Workplace() }

  private func source(_ folder: String? = nil, ref: String? = nil) -> SkillSource {
    .git(url: work.repository, ref: ref, folder: folder)
  }

  /// A repository with many skills, all of them locked.
  private func locked() async throws -> [LockedSkill] {
    for name in Self.names { try work.folder.write("repo/skills/\(name)/SKILL.md", Workplace.skill(name)) }
    try await work.commit()
    return try await work.reader.list(source()).map { $0.locked(as: $0.suggestedFolder) }
  }

  private func fetches(_ calls: [String]) -> Int { calls.count { $0.contains(" fetch ") } }
  private func reads(_ calls: [String]) -> Int { calls.count { $0.contains(" cat-file ") } }

  @Test(arguments: [true, false])
  func `skills of one repository are fetched once, and read together where they are expected`(
    isExpected: Bool
  ) async throws {
    let locked = try await locked()
    let counting = try work.countingGit()
    let reader = counting.reader(expecting: isExpected ? locked.compactMap(\.source) : [])

    for skill in locked {
      let (newest, changed) = try await reader.newest(of: skill, at: try #require(skill.source))
      #expect(newest == skill)
      #expect(changed == nil)
    }
    for skill in locked { #expect(try await reader.fetch(skill).packed.digest == skill.digest) }

    let calls = try work.calls
    #expect(fetches(calls) == 1)
    if isExpected { #expect(reads(calls) == 1) }
  }

  @Test func `who asks while a repository is fetched waits for it`() async throws {
    let locked = try await locked()
    let reader = try work.countingGit().reader()
    let digests = try await withThrowingTaskGroup(of: Digest.self, returning: Set<Digest>.self) { group in
      for skill in locked {
        group.addTask { try await reader.fetch(skill).packed.digest }
      }
      var digests: Set<Digest> = []
      for try await digest in group { digests.insert(digest) }
      return digests
    }
    #expect(digests == Set(locked.map(\.digest)))
    #expect(fetches(try work.calls) == 1)
  }

  @Test func `a repository that cannot be fetched is asked once`() async throws {
    let locked = try await locked()
    let reader = try work.countingGit(failing: "*' fetch '*").reader()
    for skill in locked { await #expect(throws: MeshError.self) { try await reader.fetch(skill) } }
    #expect(fetches(try work.calls) == 2)
  }

  @Test func `an archive and an index are asked for once`() async throws {
    var tar = TarBuilder()
    for name in Self.names { tar.file("kit/\(name)/SKILL.md", Array(Workplace.skill(name).utf8)) }
    let (archive, text) = (tar.gzipped, Workplace.skill("pdf"))
    let index = #"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md"]}]}"#
    let server = TestServer { request, connection in
      switch request.target {
      case "/kit.tar.gz": try connection.reply(200, archive)
      case "/.well-known/skills/index.json": try connection.reply(200, index)
      case "/.well-known/skills/pdf/SKILL.md": try connection.reply(200, text)
      default: try connection.reply(404)
      }
    }
    let address = "http://127.0.0.1:\(server.port)"
    let reader = work.reader
    for name in Self.names {
      let source = try SkillSource(parsing: "\(address)/kit.tar.gz#\(name)")
      #expect(try await reader.skill(at: source, as: SkillSlug(parsing: name)).folderText == name)
    }
    for _ in 0..<3 { _ = try await reader.list(.wellKnown(site: address, name: "pdf")) }
    #expect(server.requests.count { $0.target == "/kit.tar.gz" } == 1)
    #expect(server.requests.count { $0.target == "/.well-known/skills/index.json" } == 1)
  }

  @Test func `a commit that changed nothing of a skill is none to move to`() async throws {
    let locked = try await locked()
    try work.folder.write("repo/README.md", "x")
    try await work.commit()
    let reader = try work.countingGit().reader(expecting: locked.compactMap(\.source))
    for skill in locked {
      #expect(try await reader.newest(of: skill, at: try #require(skill.source)).skill == skill)
    }
    // The newest commit, and once the locked one, to see whether it is still there.
    #expect(fetches(try work.calls) == 2)
  }

  @Test func `a commit that is gone is left for one with the same files`() async throws {
    let locked = try await locked()
    let lost = try #require(locked[0].commit)
    try await work.git("checkout", "--quiet", "--orphan", "other")
    // Of its own message: within one second the same files and words would be the same commit.
    try await work.git("commit", "--quiet", "-m", "rewritten")
    let commit = try await work.git("rev-parse", "HEAD")
    try await work.git("branch", "-M", "other", "main")
    try await work.git("reflog", "expire", "--expire=now", "--all")
    try await work.git("gc", "--quiet", "--prune=now")
    let reader = work.reader

    for skill in locked {
      let (newest, changed) = try await reader.newest(of: skill, at: try #require(skill.source))
      #expect(newest.commit == commit)
      #expect(newest.treeDigest == skill.treeDigest)
      #expect(changed == nil)
      #expect(try await reader.fetch(newest).packed.digest == skill.digest)
    }
    let error = await #expect(throws: MeshError.self) { try await reader.fetch(locked[0]) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains(lost.prefix(12)) == true)
    #expect(error?.hint?.contains("agent-mesh skills update \(locked[0].folder)") == true)

    guard case .source(.git(let url, _, let folder), _, let version) = locked[0].origin else {
      Issue.record("not from a repository")
      return
    }
    var skill = locked[0]
    skill.origin = .source(.git(url: url, ref: lost, folder: folder), commit: lost, version: version)
    let pinned = skill
    let other = await #expect(throws: MeshError.self) { try await reader.fetch(pinned) }
    let address = SkillSource.git(url: url, ref: nil, folder: folder)
    #expect(other?.hint?.hasSuffix("agent-mesh skills add '\(address)'") == true, "\(String(describing: other))")
  }

  @Test func `nothing is left in the folder of temporary files`() async throws {
    let locked = try await locked()
    _ = try await work.reader.fetch(locked[0])
    #expect(try work.leftovers.isEmpty)
  }
}
