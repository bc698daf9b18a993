import Foundation
import HTTPTransport
import RegistryAPI
import SkillArchive
import Skills
import TestSupport
import Testing

@Suite struct PublishingTests {
  @Test func `a canonical upload is kept byte for byte, any other becomes canonical, and both are the same version`()
    async throws
  {
    let server = try await TestServer.start()
    let packed = try Sample.packed(files: ["b.txt": "b", "a.txt": "a"])
    let zip = try ZipWriter.zip(.bytes(packed.bytes))
    let first = try await server.publish(package: zip, type: "application/zip")
    #expect(first.status == 201, "\(first.text)")
    #expect(try first.json()["digest"] as? String == packed.digest.description)
    let again = try await server.publish(package: packed.bytes)
    #expect(again.status == 200)
    #expect(try again.json()["action"] as? String == "unchanged")
    #expect(try await server.keeps(1))
  }

  @Test func `a client of the original publishes a zip with metadata and content, or content alone`() async throws {
    let server = try await TestServer.start()
    let text = Sample.markdown("old-style", version: nil)
    let zip = try ZipWriter.zip(.bytes(Sample.packed("old-style", version: nil).bytes))
    let first = try await server.publish(
      package: zip, type: "application/zip", content: text.replacing("\n", with: "\r\n"),
      metadata: #"{"name":"old-style","version":"0.3.0","description":"> A sample"}"#)
    #expect(first.status == 201, "\(first.text)")
    let skill = try #require(try first.json()["skill"] as? [String: Any])
    #expect(skill["version"] as? String == "0.3.0")
    #expect(skill["description"] as? String == "A sample.")
    #expect(skill["author_login"] as? String == "acme")

    let alone = try await server.publish(
      content: Sample.markdown("alone", version: nil).replacing("\n", with: "\r\n"),
      metadata: #"{"name":"alone","version":"1.0.0"}"#)
    #expect(alone.status == 201, "\(alone.text)")
    let raw = try await server.send(.get, "/api/skills/acme/alone/raw")
    #expect(raw.text == Sample.markdown("alone", version: nil))
  }

  @Test func `an overriding name and version stand in the published SKILL.md as well`() async throws {
    let server = try await TestServer.start()
    let answer = try await server.publish(
      package: Sample.packed().bytes, metadata: #"{"name":"renamed","version":"3.1.0"}"#)
    #expect(answer.status == 201, "\(answer.text)")
    let raw = try await server.send(.get, "/api/skills/acme/renamed/raw")
    #expect(raw.text == Sample.markdown("renamed", version: "3.1.0"))
    #expect(try await server.send(.get, "/api/skills/acme/sample").status == 404)
  }

  @Test(arguments: [
    ("---\nname: Not A Slug\ndescription: x\n---\n", "name-invalid"),
    ("---\nname: fine\n---\n", "description-missing"),
    ("---\nname: fine\ndescription: x\nversion: 1.2.3junk\n---\n", "version-invalid"),
    ("---\nname: fine\ndescription: x\nextra: &a [*a]\n---\n", "yaml-anchor"),
    ("no front matter", "no-front-matter"),
  ])
  func `a skill that breaks agents is refused with its findings and leaves nothing`(text: String, rule: String)
    async throws
  {
    let server = try await TestServer.start()
    let answer = try await server.publish(content: text)
    #expect(answer.status == 422, "\(answer.text)")
    let findings = try #require(try answer.json()["findings"] as? [[String: Any]])
    #expect(findings.contains { $0["rule"] as? String == rule }, "\(findings)")
    #expect(try answer.json()["error"] as? String == "validation_error")
    #expect(try await server.keeps(0))
  }

  @Test func `every hostile archive is refused for its own reason and leaves nothing`() async throws {
    let server = try await TestServer.start()
    for hostile in HostileArchives.all {
      let answer = try await server.publish(package: hostile.bytes)
      #expect(answer.status == 422 || answer.status == 413, "\(hostile.name): \(answer.status)")
      if answer.status == 422 {
        #expect(answer.text.contains("[\(hostile.rule.rawValue)]"), "\(hostile): \(answer.text)")
      }
    }
    #expect(try await server.keeps(0))
    #expect(await server.store.check().versions == 0)
  }

  @Test func `of many publishes of one number with different content one wins, and the others leave nothing`()
    async throws
  {
    let server = try await TestServer.start()
    for round in 0..<4 {
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for index in 0..<32 {
          let packed = try Sample.packed(version: "1.0.\(round)", files: ["n.txt": "\(index)"])
          group.addTask { try await server.publish(package: packed.bytes).status }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses.filter { $0 == 201 }.count == 1)
      #expect(statuses.filter { $0 == 409 }.count == 31)
    }
    #expect(await server.store.check().isSound)
    #expect(try await server.keeps(4))
  }

  @Test func `build metadata does not make another version`() async throws {
    let server = try await TestServer.start()
    #expect(try await server.publish(package: Sample.packed(version: "1.0.0+a").bytes).status == 201)
    #expect(try await server.publish(package: Sample.packed(version: "1.0.0+b").bytes).status == 409)
  }

  @Test func `what is withdrawn is gone, and its number stays taken`() async throws {
    let server = try await TestServer.start()
    for version in ["1.0.0", "1.1.0"] {
      #expect(try await server.publish(package: Sample.packed(version: version).bytes).status == 201)
    }
    let base = "/api/skills/acme/sample"
    #expect(try await server.send(.delete, base + "/versions/1.1.0").status == 401)
    #expect(try await server.send(.delete, base + "/versions/1.1.0", token: server.token).status == 200)
    #expect(try await server.send(.get, base + "/versions/1.1.0/download").status == 410)
    #expect(try await server.send(.get, base).json()["version"] as? String == "1.0.0")
    #expect(try await server.publish(package: Sample.packed(version: "1.1.0").bytes).status == 409)
    #expect(try await server.send(.delete, base, token: server.token).status == 200)
    #expect(try await server.send(.get, base).status == 410)
    #expect(try await server.send(.get, base + "/download").status == 410)
    let rival = try await TestServer.newToken("rival", server.store)
    #expect(try await server.publish(package: Sample.packed(version: "1.2.0").bytes, token: rival).status == 201)
    #expect(try await server.publish(package: Sample.packed(version: "1.2.0").bytes).status == 201)
    #expect(try await server.send(.get, base).json()["versions"] as? [String] == ["1.2.0"])
  }

  @Test func `publishing the same again as private takes it out of sight`() async throws {
    let server = try await TestServer.start()
    let packed = try Sample.packed()
    #expect(try await server.publish(package: packed.bytes).status == 201)
    #expect(try await server.send(.get, "/index/acme/sample").status == 200)
    let hidden = try await server.publish(package: packed.bytes, metadata: #"{"is_private":true}"#)
    #expect(hidden.status == 200)
    #expect(try hidden.json()["action"] as? String == "updated")
    #expect(try await server.send(.get, "/index/acme/sample").status == 404)
    #expect(try await server.send(.get, "/index/acme/sample", token: server.token).status == 200)
  }

  @Test func `what the catalog would refuse is never stored`() async throws {
    let server = try await TestServer.start()
    let packed = try Sample.packed()
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let other = try Sample.packed(files: ["other.txt": Sample.noise(1_000)])
    #expect(try await server.publish(package: other.bytes).status == 409)
    // The same files in another compression are the same version, and need no second archive.
    let recompressed = try Sample.recompressed(packed.bytes)
    #expect(recompressed != packed.bytes)
    let again = try await server.publish(package: recompressed)
    #expect(again.status == 200, "\(again.text)")
    #expect(try await server.keeps(1))
    #expect(try await server.send(.delete, "/api/skills/acme/sample", token: server.token).status == 200)
    #expect(try await server.publish(package: packed.bytes).status == 409)
    #expect(try await server.publish(package: other.bytes).status == 409)
    #expect(try await server.keeps(1))
  }
}
