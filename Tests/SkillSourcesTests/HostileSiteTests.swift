import Foundation
import Skills
import TestSupport
import Testing

@testable import SkillSources

/// Sites that want to reach what is not theirs.
@Suite struct HostileSiteTests {
  private static func entry(_ name: String, _ type: String, _ url: String, _ bytes: [UInt8]) -> String {
    #"{"name":"\#(name)","type":"\#(type)","description":"x","url":"\#(url)","digest":"\#(Digest(of: bytes))"}"#
  }

  /// An archive with a link to a folder of this machine.
  private func archive(in work: Workplace) throws -> [UInt8] {
    try work.folder.write("canary/file", "precious")
    var tar = TarBuilder.skill()
    tar.entry("door", type: "2", link: work.folder["canary"].string)
    return tar.gzipped
  }

  private func server(of entry: String, _ archive: [UInt8]) -> TestServer {
    let index = #"{"$schema":"\#(WellKnownDocument.schema)","skills":[\#(entry)]}"#
    return TestServer { request, connection in
      switch request.target {
      case "/.well-known/agent-skills/index.json": try connection.reply(200, index)
      case "/evil.tar.gz": try connection.reply(200, archive)
      case "/endless":
        try connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while true { try connection.send([UInt8](repeating: 0x20, count: 1 << 16)) }
      default: try connection.reply(404)
      }
    }
  }

  @Test(arguments: [
    ("../../evil", "skill-md", "/s.md"), ("evil", "skill-md", "file:///etc/passwd"),
    ("evil", "archive", "/endless"), ("evil", "hologram", "/s.md"),
    ("evil", "skill-md", "//user:secret@127.0.0.1/s.md"), ("evil", "skill-md", "http://169.254.169.254/s.md"),
  ])
  func `nothing on disk changes, and nothing is installed`(name: String, type: String, url: String) async throws {
    let work = try Workplace()
    let archive = try archive(in: work)
    let server = server(of: Self.entry(name, type, url, archive), archive)
    let before = try treeHash(of: work.folder.path)
    let site = SkillSource.wellKnown(site: "http://127.0.0.1:\(server.port)", name: "")
    let error = await #expect(throws: MeshError.self) { try await work.reader.list(site) }
    #expect(error?.message.contains("secret") == false)
    #expect(try treeHash(of: work.folder.path) == before)
  }

  @Test func `a link in an archive is left out, and leads nowhere`() async throws {
    let work = try Workplace()
    let archive = try archive(in: work)
    let server = server(of: Self.entry("evil", "archive", "/evil.tar.gz", archive), archive)
    let before = try treeHash(of: work.folder.path)
    let site = SkillSource.wellKnown(site: "http://127.0.0.1:\(server.port)", name: "")
    let skill = try #require(try await work.reader.list(site).first)
    #expect(skill.leftOut.map(\.path) == ["door"])
    #expect(!skill.packed.manifest.entries.contains { $0.path.string.contains("door") })
    #expect(try treeHash(of: work.folder.path) == before)
  }
}
