import Foundation
import Skills
import TestSupport
import Testing

@testable import SkillArchive
@testable import SkillSources

/// How a site is searched, and how much of it is fetched.
@Suite struct SiteTests {
  let work = try! Workplace()
  static let text = Workplace.skill("pdf")

  private static func entry(_ name: String, _ url: String = "/s.md") -> String {
    #"{"name":"\#(name)","type":"skill-md","description":"x","url":"\#(url)","digest":"\#(Digest(of: Array(text.utf8)))"}"#
  }

  private static func index(_ entries: [String]) -> String {
    #"{"$schema":"\#(WellKnownDocument.schema)","skills":[\#(entries.joined(separator: ","))]}"#
  }

  private static let files = #"{"skills":[{"name":"pdf","description":"x","files":["SKILL.md"]}]}"#

  private func server(_ answers: [String: String]) -> TestServer { server(answers.mapValues { Array($0.utf8) }) }

  private func server(_ answers: [String: [UInt8]]) -> TestServer {
    TestServer { request, connection in
      guard let body = answers[request.target] else { return try connection.reply(404) }
      try connection.reply(200, body)
    }
  }

  private func site(_ server: TestServer, _ path: String = "") -> SkillSource {
    .wellKnown(site: "http://127.0.0.1:\(server.port)\(path)", name: "")
  }

  @Test func `an index of the root that lists others does not hide one of the typed path`() async throws {
    let server = server([
      "/.well-known/agent-skills/index.json": Self.index([Self.entry("other", "/elsewhere.md")]),
      "/team/.well-known/skills/index.json": Self.files, "/team/.well-known/skills/pdf/SKILL.md": Self.text,
    ])
    #expect(try await work.reader.list(site(server, "/team")).map(\.folderText) == ["pdf"])
  }

  @Test func `an index of the root that lists others alone is no index of the typed path`() async throws {
    let server = server(["/.well-known/agent-skills/index.json": Self.index([Self.entry("other", "/elsewhere.md")])])
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server, "/team")) }
    #expect(error?.code == .notFound)
    #expect(error?.hint?.contains("/team/.well-known/agent-skills/index.json") == true)
  }

  @Test func `files of version 0.1.0 are fetched where the index came from in the end`() async throws {
    let main = server(["/.well-known/skills/index.json": Self.files, "/.well-known/skills/pdf/SKILL.md": Self.text])
    let front = TestServer { request, connection in
      try connection.reply(301, headers: ["Location: http://127.0.0.1:\(main.port)\(request.target)"])
    }
    #expect(try await work.reader.list(site(front)).map(\.folderText) == ["pdf"])
  }

  @Test(arguments: [200, 302])
  func `a first place with too much, or that leads to the wrong place, does not end the search`(status: Int)
    async throws
  {
    let text = Self.text
    let server = TestServer { request, connection in
      switch request.target {
      case "/.well-known/agent-skills/index.json" where status == 302:
        try connection.reply(302, headers: ["Location: ftp://127.0.0.1/index.json"])
      case "/.well-known/agent-skills/index.json":
        try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
        while true { try connection.send([UInt8](repeating: 0x20, count: 1 << 16)) }
      case "/.well-known/skills/index.json": try connection.reply(200, Self.files)
      case "/.well-known/skills/pdf/SKILL.md": try connection.reply(200, text)
      default: try connection.reply(404)
      }
    }
    #expect(try await work.reader.list(site(server)).map(\.folderText) == ["pdf"])
  }

  @Test func `entries that cannot be used are reported, and of two with one name the first counts`() async throws {
    let hologram = Self.entry("later").replacing("skill-md", with: "hologram")
    let server = server([
      "/.well-known/agent-skills/index.json": Self.index([
        Self.entry("pdf"), Self.entry("pdf", "/none.md"), hologram, #"{"name":"No Slug"}"#, "7",
      ]), "/s.md": Self.text,
    ])

    let listing = try await work.reader.survey(site(server))

    #expect(listing.skills.map(\.folderText) == ["pdf"])
    #expect(listing.refused.map(\.location) == ["later", "No Slug", "entry number 5", "pdf"])
    #expect(listing.refused[0].reason.message.contains("hologram"))
    #expect(listing.refused[3].reason.message.contains("twice"))
  }

  @Test func `only the entries that are wanted are fetched`() async throws {
    let server = server([
      "/.well-known/agent-skills/index.json": Self.index([Self.entry("one", "/one.md"), Self.entry("two", "/two.md")]),
      "/one.md": Self.text, "/two.md": Self.text,
    ])
    #expect(try await work.reader.survey(site(server), only: ["two"]).skills.map(\.folderText) == ["two"])
    #expect(!server.requests.contains { $0.target == "/one.md" })
    #expect(
      try await work.reader.survey(site(server), only: ["two", "none"]).skills.map(\.folderText) == ["one", "two"])
  }

  @Test func `all entries together may bring so much and no more`() throws {
    let downloads = DownloadBudget(bytes: 10, requests: 2, time: .seconds(60))
    #expect(try downloads.begin(100).bytes == 10)
    try downloads.spend(4)
    #expect(try downloads.begin(100).bytes == 6)
    let error = #expect(throws: MeshError.self) { try downloads.begin(1) }
    #expect(error?.code == .payloadTooLarge)
    #expect(downloads.exhaustion?.hint?.contains("--skill") == true)
    let late = DownloadBudget(bytes: 10, requests: 2, time: .zero)
    #expect(throws: MeshError.self) { try late.begin(1) }
    #expect(late.exhaustion?.code == .timeout)
  }

  @Test func `a site with more files than are read at once is refused as a whole`() async throws {
    let names = (0..<3).map { "skill-\($0)" }
    let paths = ["SKILL.md"] + (0..<999).map { "f\($0)" }
    let list = paths.map { "\"\($0)\"" }.joined(separator: ",")
    let entries = names.map { #"{"name":"\#($0)","description":"x","files":[\#(list)]}"# }
    let text = Self.text
    let server = TestServer { request, connection in
      if request.target == "/.well-known/skills/index.json" {
        try connection.reply(200, #"{"skills":[\#(entries.joined(separator: ","))]}"#)
      } else if request.target.hasPrefix("/.well-known/skills/skill-") {
        try connection.reply(200, text)
      } else {
        try connection.reply(404)
      }
    }
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server)) }
    #expect(error?.code == .payloadTooLarge)
    #expect(server.requests.count <= WellKnownSite.totalRequests + 4)
  }

  // MARK: - Addresses without an index

  @Test func `an archive at an address without an ending is known by its first bytes`() async throws {
    let server = server(["/download/7?format=x": TarBuilder.skill().gzipped])
    let address = "http://127.0.0.1:\(server.port)/download/7?format=x"
    let skill = try #require(try await work.reader.list(.wellKnown(site: address, name: "")).first)
    #expect(skill.source == .archive(url: address))
    #expect(skill.findings.contains { $0.rule == .possibleSecret && $0.severity == .warning })
    #expect(try await work.reader.fetch(skill.locked(as: skill.suggestedFolder)).packed == skill.packed)
  }

  @Test func `a bare SKILL_md at an address is a skill`() async throws {
    let server = server(["/x/SKILL.md": Self.text])
    let skill = try #require(try await work.reader.list(site(server, "/x/SKILL.md")).first)
    #expect(skill.folderText == "pdf")
    #expect(skill.paths == ["SKILL.md"])
  }

  @Test func `a page without an index is no skill`() async throws {
    let server = server(["/": "<html>", "/x": "<html>"])
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site(server, "/x")) }
    #expect(error?.code == .notFound)
  }

  // MARK: - Archives

  @Test func `a link outside of a skill is of no account, and one inside is left out with a warning`() async throws {
    var tar = TarBuilder()
    tar.entry("kit/README", type: "2", link: "/etc/passwd")
    tar.longName(Array(String(repeating: "x", count: 120).utf8), type: "K")
    tar.entry("kit/bad/door", type: "2", link: "/tmp")
    tar.file("kit/bad/SKILL.md", Array(Workplace.skill("bad").utf8))
    tar.file("kit/good/SKILL.md", Array(Workplace.skill("good").utf8))
    try work.folder.write("project/kit.tar.gz", tar.gzipped)

    let listing = try await work.reader.survey(.path("./kit.tar.gz"))

    #expect(listing.skills.map(\.folderText) == ["bad", "good"])
    #expect(listing.skills.map(\.leftOut) == [[LeftOut(path: "door", reason: .link)], []])
    #expect(listing.skills[0].findings.contains { $0.file == "door" && $0.severity == .warning })
  }

  @Test func `one skill of an archive is named behind it, and nothing else is found under that name`() async throws {
    var tar = TarBuilder()
    for name in ["one", "two"] { tar.file("kit/\(name)/SKILL.md", Array(Workplace.skill(name).utf8)) }
    try work.folder.write("project/kit.tar.gz", tar.gzipped)

    let skills = try await work.reader.list(.path("./kit.tar.gz"))

    #expect(skills.map(\.source.description) == ["path:./kit.tar.gz#one", "path:./kit.tar.gz#two"])
    #expect(try await work.reader.list(skills[1].source).map(\.folderText) == ["two"])
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(.path("./kit.tar.gz#three")) }
    #expect(error?.code == .notFound)
    #expect(error?.hint?.contains("one, two") == true)
  }

  @Test(arguments: [
    // No resolver takes a label of more than 63 characters.
    ("https://\(String(repeating: "a", count: 64)).example/x.tar.gz", ErrorCode.hostNotFound, "Check the address"),
    ("http://far.example/x.tar.gz", .usage, "insecure_hosts"),
  ])
  func `an address that cannot be used is reported as that of a registry is`(
    address: String, code: ErrorCode, hint: String
  ) async throws {
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(.archive(url: address)) }
    #expect(error?.code == code)
    #expect(error?.hint?.contains(hint) == true, "\(String(describing: error))")
  }
}
