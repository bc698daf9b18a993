import Foundation
import SkillArchive
import SkillSources
import Skills
import SystemPackage
import TestSupport
import Testing

@Suite struct WellKnownTests {
  let work = try! Workplace()

  static let schema = "https://schemas.agentskills.io/discovery/0.2.0/schema.json"
  static let text = Workplace.skill("pdf")
  static let archive = TarBuilder.skill { $0.file("run.sh", mode: 0o755) }.gzipped

  private static func entry(
    _ name: String, _ type: String, _ url: String, _ bytes: [UInt8], digest: String? = nil
  ) -> String {
    let digest = digest ?? Digest(of: bytes).description
    return #"{"name":"\#(name)","type":"\#(type)","description":"x","url":"\#(url)","digest":"\#(digest)","more":1}"#
  }

  private static func index(_ entries: String..., schema: String? = Self.schema) -> String {
    let first = schema.map { #""$schema":"\#($0)","# } ?? ""
    return #"{\#(first)"skills":[\#(entries.joined(separator: ","))]}"#
  }

  /// A server of fixed answers; 404 for everything else.
  private func server(_ answers: [String: [UInt8]]) -> TestServer {
    TestServer { request, connection in
      if let body = answers[request.target] {
        try connection.reply(200, body)
      } else {
        try connection.reply(404)
      }
    }
  }

  private func server(_ answers: [String: String]) -> TestServer { server(answers.mapValues { Array($0.utf8) }) }

  private func site(_ server: TestServer, _ path: String = "", name: String = "") -> SkillSource {
    .wellKnown(site: "http://127.0.0.1:\(server.port)\(path)", name: name)
  }

  @Test func `both kinds of entry of version 0.2.0 are read and locked`() async throws {
    let index = Self.index(
      Self.entry("pdf", "skill-md", "/files/pdf.md", Array(Self.text.utf8)),
      Self.entry("probe", "archive", "probe.tar.gz", Self.archive), Self.entry("later", "hologram", "/x", []),
      #"{"name":"No Slug"}"#)
    let server = server([
      "/.well-known/agent-skills/index.json": Array(index.utf8), "/files/pdf.md": Array(Self.text.utf8),
      "/.well-known/agent-skills/probe.tar.gz": Self.archive,
    ])

    let skills = try await work.reader.list(site(server))

    #expect(skills.map(\.folderText) == ["pdf", "probe"])
    #expect(skills[0].source == site(server, name: "pdf"))
    #expect(skills[1].paths == ["SKILL.md", "run.sh"])
    #expect(skills[1].packed.manifest.entries[1].isExecutable)
    let again = try await work.reader.fetch(skills[1].locked(as: skills[1].suggestedFolder))
    #expect(again.packed == skills[1].packed)
  }

  @Test func `version 0.1.0 is read file by file, from the typed path before the root`() async throws {
    let index = #"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md","a b/ü.txt"]}]}"#
    let base = "/team/.well-known/skills"
    let server = server([
      "\(base)/index.json": index, "\(base)/pdf/SKILL.md": Self.text, "\(base)/pdf/a%20b/%c3%bc.txt": "ü",
    ])

    let skills = try await work.reader.list(site(server, "/team/"))

    #expect(skills.map(\.paths) == [["SKILL.md", "a b/ü.txt"]])
    #expect(
      server.requests.prefix(2).map(\.target) == ["/team/.well-known/agent-skills/index.json", "\(base)/index.json"])
  }

  @Test func `one missing file of version 0.1.0 refuses the skill`() async throws {
    let index = #"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md","gone.txt"]}]}"#
    let base = "/.well-known/skills"
    let server = server(["\(base)/index.json": index, "\(base)/pdf/SKILL.md": Self.text])
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server)) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("gone.txt") == true)
  }

  @Test func `an index above the typed path counts only for what lies below that path`() async throws {
    let bytes = Array(Self.text.utf8)
    let index = Self.index(
      Self.entry("mine", "skill-md", "/team/mine.md", bytes), Self.entry("other", "skill-md", "/teams/o.md", bytes))
    let server = server([
      "/.well-known/agent-skills/index.json": index, "/team/mine.md": Self.text, "/teams/o.md": Self.text,
    ])
    #expect(try await work.reader.list(site(server, "/team")).map(\.folderText) == ["mine"])
  }

  @Test(arguments: ["skill-md", "archive", "zip"])
  func `a wrong digest is an integrity error that keeps the others`(kind: String) async throws {
    let text = Array(Self.text.utf8)
    let zip = try ZipWriter.zip(.bytes(Self.archive))
    let bytes = ["skill-md": text, "archive": Self.archive, "zip": zip][kind] ?? []
    let index = Self.index(
      Self.entry("bad", kind == "zip" ? "archive" : kind, "/s", bytes, digest: Digest(of: []).description),
      Self.entry("good", "skill-md", "/s.md", text))
    let server = server([
      "/.well-known/agent-skills/index.json": Array(index.utf8), "/s.md": text, "/s": bytes,
    ])

    let listing = try await work.reader.survey(site(server))

    #expect(listing.skills.map(\.folderText) == ["good"])
    #expect(listing.refused.map(\.location) == ["bad"])
    #expect(listing.refused.map(\.reason.code) == [.integrityError])
  }

  @Test(arguments: [
    index(entry("pdf", "skill-md", "/s.md", []), schema: "https://example.org/9"),
    index(#"{"name":"pdf"}"#),
    #"{"skills":"pdf"}"#,
    #"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md","../x"]}]}"#,
    #"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md"]},{"name":"Bad","description":"x","files":[]}]}"#,
    #"{"skills":[{"name":"pdf","description":"x","files":["readme.md"]}]}"#,
    #"{"$schema":7,"skills":[]}"#,
  ])
  func `a document that breaks its rules is not used, and the error says so`(document: String) async throws {
    let server = server(["/.well-known/agent-skills/index.json": document])
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server)) }
    #expect(error?.code == .validationError)
  }

  @Test(arguments: ["<html>", "[]", "", "7"])
  func `what is no JSON object is passed over, and the error lists what was asked`(document: String) async throws {
    let server = server(["/.well-known/agent-skills/index.json": document])
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server, "/p")) }
    #expect(error?.code == .notFound)
    #expect(server.requests.map(\.target).suffix(2) == ["/.well-known/skills/index.json", "/p"])
    #expect(server.requests.count == 5)
    #expect(error?.hint?.contains("/p/.well-known/skills/index.json") == true)
  }

  @Test(arguments: ["/.well-known/agent-skills/index.json", "/s.md"])
  func `an endless body is cut off`(target: String) async throws {
    let index = Self.index(Self.entry("pdf", "skill-md", "/s.md", Array(Self.text.utf8)))
    let server = TestServer { request, connection in
      guard request.target == target else {
        let isIndex = request.target == "/.well-known/agent-skills/index.json"
        return try isIndex ? connection.reply(200, index) : connection.reply(404)
      }
      try connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
      while true { try connection.send([UInt8](repeating: 0x20, count: 1 << 16)) }
    }
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server)) }
    #expect(error?.code == .payloadTooLarge)
  }

  @Test func `redirects are followed, and addresses count from where the index came`() async throws {
    let index = Self.index(Self.entry("pdf", "skill-md", "pdf.md", Array(Self.text.utf8)))
    let server = TestServer { request, connection in
      switch request.target {
      case "/.well-known/agent-skills/index.json": try connection.reply(302, headers: ["Location: /moved/index.json"])
      case "/moved/index.json": try connection.reply(200, index)
      case "/moved/pdf.md": try connection.reply(301, headers: ["Location: /files/pdf.md"])
      case "/files/pdf.md": try connection.reply(200, Self.text)
      default: try connection.reply(404)
      }
    }
    #expect(try await work.reader.list(site(server)).map(\.folderText) == ["pdf"])
  }

  @Test func `more entries than requests at once all arrive, in order`() async throws {
    let names = (10..<40).map { "skill-\($0)" }
    let bytes = Array(Self.text.utf8)
    let entries = names.map { Self.entry($0, "skill-md", "/s.md", bytes) }.joined(separator: ",")
    let server = server(["/.well-known/agent-skills/index.json": Self.index(entries), "/s.md": Self.text])
    #expect(try await work.reader.list(site(server)).map(\.folderText) == names)
  }

  @Test func `files of version 0.1.0 may not come from another origin`() async throws {
    let other = server(["/x": Self.text])
    let index = #"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md"]}]}"#
    let server = TestServer { request, connection in
      if request.target == "/.well-known/skills/index.json" { return try connection.reply(200, index) }
      if request.target.hasSuffix("agent-skills/index.json") { return try connection.reply(404) }
      try connection.reply(302, headers: ["Location: http://127.0.0.1:\(other.port)/x"])
    }
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server)) }
    #expect(error?.code == .integrityError)
  }

  @Test func `a locked entry whose bytes changed is an integrity error`() async throws {
    let first = server([
      "/.well-known/agent-skills/index.json":
        Self.index(Self.entry("pdf", "skill-md", "/s.md", Array(Self.text.utf8))), "/s.md": Self.text,
    ])
    var locked = try #require(try await work.reader.list(site(first)).first).locked(as: try SkillSlug(parsing: "pdf"))
    let changed = Self.text + "more\n"
    let second = server([
      "/.well-known/agent-skills/index.json":
        Self.index(Self.entry("pdf", "skill-md", "/s.md", Array(changed.utf8))), "/s.md": changed,
    ])
    locked.origin = .source(site(second, name: "pdf"), commit: nil, version: nil)
    let error = await #expect(throws: MeshError.self) { try await work.reader.fetch(locked) }
    #expect(error?.code == .integrityError)
  }

  @Test func `an unencrypted site that is not this machine is refused`() async throws {
    let error = await #expect(throws: MeshError.self) {
      try await work.reader.list(.wellKnown(site: "http://example.org", name: ""))
    }
    #expect(error?.code == .usage)
    #expect(error?.message.contains("not encrypted") == true)
  }

  // MARK: - Archives at an address

  @Test func `an archive at an address is read, locked and read again`() async throws {
    let server = server(["/x.tar.gz": Self.archive])
    let source = SkillSource.archive(url: "http://127.0.0.1:\(server.port)/x.tar.gz")

    let skill = try #require(try await work.reader.list(source).first)
    let again = try await work.reader.fetch(skill.locked(as: skill.suggestedFolder))

    #expect(skill.folderText == "probe")
    #expect(again.packed == skill.packed)
    #expect(try work.leftovers.isEmpty)
  }

  @Test(arguments: [404, 410, 500])
  func `an address without an archive is an error with its status`(status: Int) async throws {
    let server = TestServer { _, connection in try connection.reply(status, headers: ["Retry-After: 9999"]) }
    let source = SkillSource.archive(url: "http://127.0.0.1:\(server.port)/x.zip")
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(source) }
    #expect(error?.message.contains("\(status)") == true)
    #expect(try work.leftovers.isEmpty)
  }
}
