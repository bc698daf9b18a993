import Foundation
import Skills
import TestSupport
import Testing

@testable import SkillSources

@Suite struct GitOverHTTPTests {
  let work = try! Workplace()

  @Test func `a repository over http is read, locked and fetched again`() async throws {
    try work.folder.write("repo/pdf/SKILL.md", Workplace.skill("pdf"))
    let commit = try await work.commit()
    let server = GitServer(work.folder["repo"].string)
    let source = SkillSource.git(url: server.url, ref: nil, folder: nil)

    let skill = try #require(try await work.reader.list(source).first)
    let again = try await work.reader.fetch(skill.locked(as: skill.suggestedFolder))

    #expect(skill.commit == commit)
    #expect(again.packed == skill.packed)
    #expect(try work.leftovers.isEmpty)
  }

  @Test func `a server that wants a password gets none, not even that of netrc`() async throws {
    try work.folder.write("home/.netrc", "machine 127.0.0.1 login me password secret\n", mode: 0o600)
    let server = GitServer(work.folder["repo"].string) { _, connection in
      try connection.reply(401, headers: ["WWW-Authenticate: Basic realm=\"x\""])
      return true
    }
    var environment = ProcessInfo.processInfo.environment
    environment["HOME"] = work.folder["home"].string
    let homely = try Workplace(environment: environment)

    let error = await #expect(throws: MeshError.self) {
      try await homely.reader.list(.git(url: server.url, ref: nil, folder: nil))
    }

    #expect(error?.code == .networkError)
    #expect(!server.requests.isEmpty)
    #expect(server.requests.allSatisfy { $0.headers["Authorization"] == nil })
  }

  @Test func `a failure asks the server no further question`() async throws {
    let server = GitServer(work.folder["repo"].string) { _, connection in
      try connection.reply(403)
      return true
    }
    await #expect(throws: MeshError.self) {
      try await work.reader.list(.git(url: server.url, ref: nil, folder: nil))
    }
    #expect(server.requests.count == 1)
  }

  @Test func `a redirect to a machine of another protocol is not followed`() async throws {
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    try await work.commit()
    let repository = work.repository
    let server = GitServer(work.folder["repo"].string) { request, connection in
      try connection.reply(302, headers: ["Location: \(repository)/info/refs?service=git-upload-pack"])
      return true
    }
    await #expect(throws: MeshError.self) {
      try await work.reader.list(.git(url: server.url, ref: nil, folder: nil))
    }
    #expect(try work.leftovers.isEmpty)
  }

  @Test func `a server that never ends its list is left`() async throws {
    let server = GitServer(work.folder["repo"].string) { _, connection in
      try connection.send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\nConnection: close\r\n\r\n")
      try connection.send("001e# service=git-upload-pack\n0000")
      let line = "0040\(String(repeating: "a", count: 40)) refs/heads/0123456\n"
      for _ in 0..<1_000 { try connection.send(String(repeating: line, count: 1_000)) }
      connection.waitForEnd()
      return true
    }
    await #expect(throws: MeshError.self) { try await work.checkout(server.url, budget: .seconds(5)) }
  }

  @Test func `a hostile repository changes nothing beside the scratch folder`() async throws {
    try work.folder.write("canary/file", "precious")
    try work.folder.write("repo/SKILL.md", Workplace.skill("root"))
    try work.folder.link("repo/door", to: work.folder["canary"].string)
    try work.folder.write("repo/.gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = ../canary\n")
    try await work.commit()
    let server = GitServer(work.folder["repo"].string)
    let before = try treeHash(of: work.folder.path)

    let skills = try await work.reader.list(.git(url: server.url, ref: nil, folder: nil))

    #expect(skills.map(\.paths) == [["SKILL.md"]])
    #expect(try treeHash(of: work.folder.path) == before)
  }
}
