import Foundation
import Testing

/// The registry as a stranger's plain `curl` sees it.
@Suite(.enabled(if: Program.find("curl") != nil)) struct CurlTests {
  /// Status, headers with lower-case names, and body.
  private func ask(
    _ scene: Scene, _ path: String, _ arguments: [String] = []
  ) async throws -> (status: Int, headers: [String: String], body: String) {
    let outcome = try await scene.curl(path, ["--noproxy", "*", "-D", "-"] + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let parts = outcome.output.replacing("\r\n", with: "\n").split(separator: "\n\n", maxSplits: 1)
    let lines = (parts.first ?? "").split(separator: "\n")
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      if pair.count == 2 { headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces) }
    }
    return (status, headers, parts.count > 1 ? String(parts[1]) : "")
  }

  private func published() async throws -> Scene {
    let scene = try await Scene.open()
    try scene.skill("plain", files: ["docs/one.md": "one"])
    #expect(try await scene.agentMesh(["skills", "publish", "plain"]).status == 0)
    return scene
  }

  @Test func `answers about a skill are tagged, and unchanged ones are not sent again`() async throws {
    let scene = try await published()
    #expect(try await ask(scene, "/health").status == 200)
    let skill = "/api/skills/acme/plain"
    for path in [
      "/index/acme/plain", skill, skill + "/raw", skill + "/versions", skill + "/versions/1.0.0",
      skill + "/versions/1.0.0/files", skill + "/versions/1.0.0/files/docs/one.md",
    ] {
      let first = try await ask(scene, path)
      #expect(first.status == 200, "\(path)")
      #expect(!first.body.isEmpty, "\(path)")
      let tag = try #require(first.headers["etag"], "\(path)")
      #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""), "\(path) has a weak tag")
      let second = try await ask(scene, path, ["-H", "If-None-Match: \(tag)"])
      #expect(second.status == 304, "\(path)")
      #expect(second.body.isEmpty, "\(path)")
      #expect(second.headers["etag"] == tag, "\(path)")
      let head = try await ask(scene, path, ["-I"])
      #expect(head.status == 200, "\(path)")
      #expect(head.headers["content-length"] == String(first.body.utf8.count), "\(path)")
    }
  }

  @Test func `an archive comes as tar or zip, whole or in part, and never changes`() async throws {
    let scene = try await published()
    let path = "/api/skills/acme/plain/versions/1.0.0/download"
    let tar = try await ask(scene, path, ["-I", "-H", "Accept: application/gzip"])
    #expect(tar.headers["content-type"] == "application/gzip")
    #expect(tar.headers["cache-control"]?.contains("immutable") == true)
    let zip = try await ask(scene, path, ["-I"])
    #expect(zip.headers["content-type"] == "application/zip")
    #expect(zip.headers["etag"] != tar.headers["etag"])
    for headers in [tar.headers, zip.headers] { #expect(headers["vary"]?.lowercased().contains("accept") == true) }
    let file = scene.place + "/part"
    let part = try await ask(scene, path, ["-r", "0-1", "-H", "Accept: application/gzip", "-o", file])
    #expect(part.status == 206)
    #expect(part.headers["content-range"] == "bytes 0-1/\(tar.headers["content-length"] ?? "")")
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data([0x1F, 0x8B]))
    let beyond = try await ask(scene, path, ["-r", "99999999-", "-H", "Accept: application/gzip", "-o", file])
    #expect(beyond.status == 416)
  }

  @Test(arguments: [
    ("/api/skills/acme/none", [], 404, "not_found"), ("/api/user/skills", [], 401, "unauthorized"),
    ("/api/user/skills", ["-H", "Authorization: Bearer ah_wrong"], 401, "unauthorized"),
    ("/api/skills/publish", ["-X", "POST"], 401, "unauthorized"),
    ("/api/skills/acme/plain", ["-X", "DELETE"], 401, "unauthorized"),
  ])
  func `a failure is a problem document that older clients read, too`(
    path: String, arguments: [String], status: Int, code: String
  ) async throws {
    let scene = try await published()
    let answer = try await ask(scene, path, arguments)
    #expect(answer.status == status)
    #expect(answer.headers["content-type"] == "application/problem+json")
    let body = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
    #expect(body["status"] as? Int == status)
    #expect(body["code"] as? String == code)
    #expect(body["error"] as? String == code)
    #expect((body["message"] as? String)?.isEmpty == false)
  }
}
