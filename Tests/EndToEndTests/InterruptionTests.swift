import Foundation
import TestSupport
import Testing

/// What happens to one program when the other stops in the middle.
@Suite struct InterruptionTests {
  @Test func `a server that is told to stop finishes the publish in progress first`() async throws {
    let scene = try await Scene.open()
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    let port = try #require(Int(scene.registry.url.split(separator: ":").last ?? ""))
    let connection = try RawConnection(port: port)
    let text = "---\nname: late\ndescription: Arrives late.\n---\n"
    let body = "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n\(text)\r\n--b--\r\n"
    connection.write(
      "POST /api/skills/publish HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nExpect: 100-continue\r\n"
        + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
    #expect(connection.read(until: "\r\n\r\n").contains("100"))
    async let ended: Void = scene.registry.stop(SIGTERM)
    try await untilRefused(port)
    connection.write(body)
    let answer = try await onThread { connection.read() }
    #expect(answer.contains("201 Created"), "\(answer)")
    await ended
    #expect(!scene.exists("registry-data/running"))
    let again = try await Registry.start(data: scene.registry.data)
    let installed = try await scene.agentMesh(
      ["skills", "install", "acme/late", try scene.project(), "--registry", again.url])
    #expect(installed.status == 0, "\(installed.errors)")
  }

  @Test(.enabled(if: Program.find("strace") != nil))
  func `a server that dies in mid-download leaves the project as it was`() async throws {
    let scene = try await Scene.open()
    var generator = SplitMix64(seed: 3)
    let noise = String(
      decoding: (0..<6_000_000).map { _ in UInt8.random(in: 33...126, using: &generator) }, as: UTF8.self)
    try scene.skill("large", files: ["noise.txt": noise])
    #expect(try await scene.agentMesh(["skills", "publish", "large"]).status == 0)
    await scene.registry.stop()
    let project = try scene.project()
    try scene.write("mine", to: "project/notes.txt")
    // Every read of the archive takes a while, so that there is a middle to die in.
    let slow = try await Registry.start(
      data: scene.registry.data,
      wrapper: try Tracer.standingAside(["-e", "trace=pread64", "-e", "inject=pread64:delay_enter=40000"]))
    async let installing = scene.agentMesh(["skills", "install", "acme/large", project, "--registry", slow.url])
    try await untilDownloading(scene, project)
    await slow.stop(SIGKILL)
    let install = try await installing
    #expect(install.status == 6, "\(install.errors)")
    let left = try FileManager.default.subpathsOfDirectory(atPath: scene.place + "/project").sorted()
    #expect(left.filter { $0 != ".agents" && $0 != ".agents/skills" } == ["notes.txt"])
    #expect(try scene.read("project/notes.txt") == "mine")
  }

  @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
  func `a command that waits for whoever does not read ends when it is told to`(
    signal: Int32, status: Int32
  ) async throws {
    let scene = try await Scene.open()
    try scene.skill("long", files: ["text.txt": String(repeating: "more than a pipe holds\n", count: 40_000)])
    #expect(try await scene.agentMesh(["skills", "publish", "long"]).status == 0)
    let program = try RunningProcess(
      [Program.agentMesh, "skills", "use", "acme/long", "--file", "text.txt"],
      environment: scene.environment(of: "acme"), folder: scene.place)
    #expect(try await program.firstLine() == "more than a pipe holds")
    program.kill(signal)
    let deadline = ContinuousClock.now + .seconds(60)
    while program.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
    program.kill(SIGKILL)
    await program.end()
    #expect(program.exitStatus == status)
  }

  /// Returns once the server has been told and takes no new connection.
  private func untilRefused(_ port: Int) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      guard (try? RawConnection(port: port)) != nil else { return }
      await Task.yield()
    }
    throw Registry.Failure("the server goes on listening")
  }

  /// Returns once a part of an archive, and not all of it, is on the disk.
  private func untilDownloading(_ scene: Scene, _ project: String) async throws {
    let work = scene.place + "/\(project)/.agents/skills/.agent-mesh"
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? [] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(work)/\(name)")
        if name.hasSuffix(".archive"), let size = attributes?[.size] as? Int, size > 100_000 { return }
      }
      await Task.yield()
    }
    throw Registry.Failure("the download did not begin")
  }
}
