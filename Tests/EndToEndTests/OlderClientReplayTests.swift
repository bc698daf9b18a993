import Foundation
import TestSupport
import Testing

/// What agent-mesh 0.19 asks of a registry, replayed: it gets what it reads, and what it published installs.
@Suite struct OlderClientReplayTests {
  private typealias Skill = OlderClient.Skill

  /// The files of an installed skill, beside the mark of whose it is.
  private func tree(_ skill: Skill, in scene: Scene) throws -> [String: [UInt8]] {
    let folder = scene.place + "/project/.agents/skills/" + skill.slug
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path != ".agent-mesh.json" {
      if let content = FileManager.default.contents(atPath: folder + "/" + path) { files[path] = Array(content) }
    }
    return files
  }

  private func published(_ skill: Skill, by client: OlderClient) async throws -> OlderClient.Published {
    let response = try #require(try await client.send(.publish(skill)).first)
    #expect([200, 201].contains(response.status), "\(skill): \(response.text)")
    #expect(response.headers["content-type"]?.hasPrefix("application/json") == true)
    return try response.read(OlderClient.Published.self)
  }

  @Test func `a new skill, the same again and a new version are all a success`() async throws {
    let client = try await OlderClient(Scene.open())
    let first = Skill.plain("steps", files: ["notes.md": "One."])
    let second = Skill.plain("steps", "1.1.0", files: ["notes.md": "Two."])
    for (skill, action) in [(first, "created"), (first, "unchanged"), (second, "updated")] {
      let answer = try await published(skill, by: client)
      #expect(answer.success)
      #expect(answer.action == action)
      #expect(answer.skill.slug == "steps")
      #expect(answer.skill.version == skill.version)
      #expect(answer.skill.authorLogin == "acme")
      #expect(answer.skill.hasFiles)
      #expect(!answer.skill.isPrivate)
    }
  }

  @Test func `it installs what it asked about, and our program installs the same`() async throws {
    let scene = try await Scene.open()
    let client = try await OlderClient(scene)
    let whole = Skill.plain("whole", files: ["scripts/run.sh": "echo done\n", "docs/a.md": "A.\r\nB.\n", "empty": ""])
    let alone = Skill.plain("alone")
    for skill in [whole, alone] { _ = try await published(skill, by: client) }

    let package = try await client.send(.get("/api/skills/acme/whole"), .raw("/api/skills/acme/whole/download"))
    #expect(package.map(\.status) == [200, 200])
    #expect(try package[0].read(OlderClient.Info.self).hasFiles)
    #expect(package[1].headers["content-type"] == "application/zip")
    #expect(package[1].headers["content-encoding"] == nil)
    #expect(try unzipped(package[1].body) == whole.tree)

    let text = try await client.send(.get("/api/skills/acme/alone"), .raw("/api/skills/acme/alone/raw"))
    #expect(text.map(\.status) == [200, 200])
    #expect(try !text[0].read(OlderClient.Info.self).hasFiles)
    #expect(text[1].headers["content-type"] == "text/markdown; charset=utf-8")
    #expect(text[1].text == alone.text)

    let installed = try await scene.agentMesh(["skills", "install", "acme/whole", "acme/alone", try scene.project()])
    #expect(installed.status == 0, "\(installed.errors)")
    for skill in [whole, alone] { #expect(try tree(skill, in: scene) == skill.tree, "\(skill)") }
  }

  @Test func `front matter that it reads otherwise is published as it is meant, and installs so`() async throws {
    let scene = try await Scene.open()
    let client = try await OlderClient(scene)
    for skill in Skill.oddities {
      let answer = try await published(skill, by: client)
      #expect(answer.skill.slug == skill.slug)
      #expect(answer.skill.version == skill.version, "\(skill)")
      #expect(answer.skill.isPrivate == skill.isPrivate, "\(skill)")
    }
    let names = Skill.oddities.map { "acme/\($0.slug)" }
    let installed = try await scene.agentMesh(["skills", "install"] + names + ["./" + scene.project()])
    #expect(installed.status == 0, "\(installed.errors)")
    for skill in Skill.oddities { #expect(try tree(skill, in: scene) == skill.tree, "\(skill)") }
  }

  @Test func `a SKILL.md comes alone from a pipe, also without a name in it`() async throws {
    let client = try await OlderClient(Scene.open())
    let piped = Skill(
      metadata: #"{"name":"piped","version":"1.0.0","description":"Works."}"#,
      text: "---\ndescription: Works.\n---\n\nText.\n", slug: "piped")
    #expect(try await published(piped, by: client).skill.name == "piped")
    // Node 18 ends the form without a line end.
    var request = OlderClient.Request.publish(piped)
    request.body.removeLast(2)
    request.length = request.body.count
    let answers = try await client.send(request, .raw("/api/skills/acme/piped/raw"))
    #expect(answers.map(\.status) == [200, 200])
    #expect(answers[1].text == "---\nname: piped\ndescription: Works.\n---\n\nText.\n")
  }

  @Test func `its own skills are listed, and private ones are nothing to others`() async throws {
    let scene = try await Scene.open(authors: ["acme", "rival"])
    let (client, rival) = (try await OlderClient(scene), try await OlderClient(scene, as: "rival"))
    var hidden = Skill.plain("hidden")
    hidden.metadata = #"{"name":"hidden","version":"1.0.0","description":"Does it.","is_private":true}"#
    for skill in [hidden, .plain("open")] { _ = try await published(skill, by: client) }

    let answers = try await client.send(.get("/api/user/skills"), .get("/api/user/profile"))
    #expect(answers.map(\.status) == [200, 200])
    let skills = try answers[0].read(OlderClient.Owned.self)
    #expect(skills.authorized.isEmpty)
    let rows = skills.owned.sorted { $0.slug < $1.slug }.map { "\($0.authorLogin)/\($0.slug) \($0.isPrivate)" }
    #expect(rows == ["acme/hidden true", "acme/open false"])
    #expect(answers[1].text.contains(#""author_email":null,"email":null"#), "\(answers[1].text)")

    let paths = ["", "/download", "/raw"].map { "/api/skills/acme/hidden" + $0 }
    for path in paths {
      #expect(try await client.send(.raw(path)).map(\.status) == [200], "\(path)")
      let refused = try #require(try await rival.send(.raw(path)).first)
      let missing = try #require(try await rival.send(.raw(path.replacing("hidden", with: "absent"))).first)
      #expect(refused.status == 404)
      let (failure, other) = (try refused.read(OlderClient.Failure.self), try missing.read(OlderClient.Failure.self))
      #expect(failure.error == "not_found" && other.error == "not_found")
      #expect(failure.message == other.message.replacing("absent", with: "hidden"))
    }
    #expect(try await rival.send(.get("/api/user/skills"))[0].read(OlderClient.Owned.self).owned.isEmpty)
  }

  @Test func `what it unpublishes is gone, and its number stays taken`() async throws {
    let client = try await OlderClient(Scene.open())
    let skill = Skill.plain("steps")
    _ = try await published(skill, by: client)
    let path = "/api/skills/acme/steps"
    let answers = try await client.send(.delete(path), .get(path))
    #expect(answers.map(\.status) == [200, 410])
    let confirmed = try answers[0].read(OlderClient.Confirmed.self)
    #expect(confirmed.success)
    #expect(!confirmed.message.isEmpty)
    #expect(try answers[1].read(OlderClient.Failure.self).error == "gone")
    let again = try #require(try await client.send(.publish(skill)).first)
    #expect(again.status == 409)
    #expect(try again.read(OlderClient.Failure.self).error == "version_exists")
    #expect(try await published(.plain("steps", "1.0.1"), by: client).skill.version == "1.0.1")
  }

  @Test func `every failure has a code and a message that it can show`() async throws {
    let scene = try await Scene.open(authors: ["acme", "rival"])
    let (client, rival) = (try await OlderClient(scene), try await OlderClient(scene, as: "rival"))
    var nobody = client
    nobody.token = "ah_wrong"
    _ = try await published(.plain("steps"), by: client)
    var large = OlderClient.Request.publish(.plain("large"))
    large.length = 60 << 20
    large.body = []
    let unclear = Skill(
      metadata: #"{"name":"unclear","version":"1.0.0","description":"Works.","is_private":[]}"#,
      text: "---\nname: unclear\ndescription: Works.\nprivate:\n---\n", package: "unclear-1.0.0", slug: "unclear")
    let cases: [(OlderClient, OlderClient.Request, Int, String)] = [
      (nobody, .get("/api/user/skills"), 401, "unauthorized"),
      (nobody, .publish(.plain("mine")), 401, "unauthorized"),
      (client, .get("/api/skills/acme/absent"), 404, "not_found"),
      (client, .raw("/api/skills/acme/absent/download"), 404, "not_found"),
      // What becomes of `..` in an address.
      (client, .get("/api/skills/"), 404, "not_found"),
      (client, .get("/api/skills/%C3%BC/b%20c"), 422, "validation_error"),
      (client, .delete("/api/skills/acme/absent"), 404, "not_found"),
      (rival, .delete("/api/skills/acme/steps"), 403, "forbidden"),
      (client, .publish(.plain("steps", files: ["more.md": "More."])), 409, "version_exists"),
      (client, .publish(.plain("No Slug")), 422, "validation_error"),
      (client, .publish(unclear), 400, "invalid_request"),
      (client, large, 413, "file_too_large"),
    ]
    for (client, request, status, code) in cases {
      let response = try #require(try await client.send(request).first)
      #expect(response.status == status, "\(request.method) \(request.path): \(response.text)")
      #expect(response.headers["content-type"] == "application/problem+json")
      let failure = try response.read(OlderClient.Failure.self)
      #expect(failure.error == code, "\(request.method) \(request.path)")
      #expect(!failure.message.isEmpty)
      #expect(failure.errorDescription == nil)
      if code == "invalid_request" { #expect(failure.message.contains("whether the skill is private")) }
    }
  }
}
