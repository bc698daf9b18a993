import Foundation
import Testing

/// What somebody who makes skills sees before anything is sent.
@Suite struct AuthorPackingTests {
  private func files(_ outcome: Outcome) throws -> [String] {
    #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    return try outcome.json()["files"] as? [String] ?? []
  }

  @Test func `an earlier archive is never packed, whatever the folder is called`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("elsewhere/SKILL.md", AuthorFolder.text("probe"))
    let first = try await author.agentMesh(["skills", "pack", "-o", "probe-1.0.0.tar.gz"], in: "elsewhere")
    #expect(try files(first) == ["SKILL.md"])
    let second = try await author.agentMesh(["skills", "pack", "-o", "probe-1.0.1.tar.gz"], in: "elsewhere")
    #expect(try files(second) == ["SKILL.md"])
    #expect(
      try author.folder.bytes("elsewhere/probe-1.0.0.tar.gz") == author.folder.bytes("elsewhere/probe-1.0.1.tar.gz"))
    let published = try await author.agentMesh(["skills", "publish", "--dry-run"], in: "elsewhere")
    #expect(try files(published) == ["SKILL.md"])
  }

  @Test func `an archive that carries the folder's own name is left out in the folder itself`() async throws {
    let author = try AuthorFolder()
    try author.folder.write("mine/SKILL.md", AuthorFolder.text("probe"))
    try author.folder.write("mine/mine-0.9.0.zip", "x")
    #expect(try files(try await author.agentMesh(["skills", "pack", "--dry-run"], in: "mine")) == ["SKILL.md"])
  }

  @Test func `raising the version keeps who may read the file`() async throws {
    let author = try AuthorFolder()
    for (name, mode) in [("private", 0o600), ("shared", 0o664), ("script", 0o755)] {
      try author.folder.write("\(name)/SKILL.md", AuthorFolder.text(name), mode: mode)
      #expect(try await author.agentMesh(["skills", "version", "minor", name]).status == 0)
      let file = author.folder["\(name)/SKILL.md"].string
      #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == mode)
      #expect(try FileManager.default.contentsOfDirectory(atPath: author.folder[name].string) == ["SKILL.md"])
      #expect(try String(contentsOfFile: file, encoding: .utf8).contains("version: \"0.1.0\""))
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [["validate"], ["version", "patch"], ["pack"]])
  func `a pipe in place of the main file is refused and never waited for`(command: [String]) async throws {
    let author = try AuthorFolder()
    try author.folder.folder("piped")
    try #require(mkfifo(author.folder["piped/SKILL.md"].string, 0o600) == 0)
    let outcome = try await author.agentMesh(["skills"] + command + ["piped"])
    #expect(outcome.status != 0 && outcome.signal == nil)
    #expect((outcome.output + outcome.errors).contains("is not a regular file"))
  }

  @Test(.timeLimit(.minutes(1))) func `a pipe named as a document is refused and never waited for`() async throws {
    let author = try AuthorFolder()
    try #require(mkfifo(author.folder["fifo.md"].string, 0o600) == 0)
    try #require(mkfifo(author.folder["fifo.tar.gz"].string, 0o600) == 0)
    for file in ["fifo.md", "fifo.tar.gz"] {
      let found = try await author.findings([file])
      #expect(found.count == 1 && found.first?.message.contains("is not a regular file") == true, "\(found)")
    }
  }
}
