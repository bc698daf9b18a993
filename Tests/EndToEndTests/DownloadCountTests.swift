import Foundation
import Testing

/// Counts of downloads, which are in memory for a while.
@Suite(.enabled(if: Program.find("curl") != nil)) struct DownloadCountTests {
  @Test func `a registry that is stopped forgets no download`() async throws {
    let scene = try await Scene.open()
    try scene.skill("plain")
    #expect(try await scene.agentMesh(["skills", "publish", "plain"]).status == 0)
    for _ in 0..<3 {
      let arguments = ["--noproxy", "*", "--fail", "-o", scene.place + "/archive"]
      let outcome = try await scene.curl("/api/skills/acme/plain/download", arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    await scene.registry.stop()
    let again = try await Registry.start(data: scene.registry.data)
    let answer = try await Program.run(
      Program.find("curl") ?? "curl",
      ["-sS", "--noproxy", "*", "--max-time", "20", again.url + "/api/skills/acme/plain"],
      environment: ["PATH": "/usr/bin:/bin"], folder: scene.place)
    #expect(try answer.json()["installs"] as? Int == 3, "\(answer.output)\(answer.errors)")
    await again.stop()
  }
}
