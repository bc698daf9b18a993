import Foundation
import Testing

/// What has to be on the disk before what: by the order of named system calls.
@Suite(.enabled(if: Tracer.isAvailable)) struct DurabilityTests {
  private static let tracing = ["-y", "-s", "512", "-e", "trace=fsync,fdatasync,renameat,renameat2,writev"]

  @Test func `an upload is synced before it gets its name, and that name before the version is entered`() async throws {
    let scene = try await Scene.open()
    try scene.skill("synced")
    let token = try await scene.token(for: "acme").trimmingCharacters(in: .whitespacesAndNewlines)
    await scene.registry.stop()
    let log = scene.place + "/calls"
    let server = try await Registry.start(
      data: scene.registry.data, wrapper: try Tracer.standingAside(Self.tracing, log: log))
    var environment = scene.environment(of: "acme")
    environment["AGENT_MESH_REGISTRY"] = server.url
    environment["AGENT_MESH_TOKEN"] = token
    let publish = try await Program.run(
      Program.agentMesh, ["skills", "publish", "synced"], environment: environment, folder: scene.place)
    #expect(publish.status == 0, "\(publish.errors)")
    await server.stop()

    let calls = try TracedCall.read(log)
    let answer = try #require(calls.last { $0.isA("writev", "201 Created") })
    let commit = try #require(calls.last { $0.isA("fdatasync", "registry.sqlite-wal>") && $0.isBefore(answer) })
    let naming = calls.filter { $0.isA("renameat", "/uploads>", "/blobs/sha256/") && $0.isBefore(commit) }
    #expect(!naming.isEmpty)
    for rename in naming {
      let (upload, blob) = (rename.names[0], rename.names[1])
      let isSynced = calls.contains { $0.isSync && $0.path.hasSuffix("/uploads/\(upload)") && $0.isBefore(rename) }
      #expect(isSynced, "\(upload) is renamed before it is synced")
      let group = "/blobs/sha256/\(blob.prefix(2))"
      let isLasting = calls.contains {
        $0.isSync && $0.path.hasSuffix(group) && rename.isBefore($0) && $0.isBefore(commit)
      }
      #expect(isLasting, "\(group) is not synced between the rename and the commit")
    }
  }

  /// A power failure leaves the old state or the new one, and never an empty file of the project.
  ///
  /// That takes the record of the change, its name, and the content of each file that is replaced.
  @Test func `an install has its record on the disk before the first rename, and syncs nothing that no promise needs`()
    async throws
  {
    let scene = try await Scene.open()
    try scene.skill("probe", files: ["scripts/run.sh": "echo\n", "notes.md": "text\n"])
    #expect(try await scene.agentMesh(["skills", "publish", "probe"]).status == 0)
    let log = scene.place + "/calls"
    let command = try Tracer.tracing(Self.tracing, log: log)
    let project = try scene.project()
    let outcome = try await Program.run(
      command[0], Array(command.dropFirst()) + [Program.agentMesh, "skills", "install", "acme/probe", project],
      environment: scene.environment(of: "acme"), folder: scene.place)
    #expect(outcome.status == 0, "\(outcome.errors)")

    let calls = try TracedCall.read(log).filter { $0.description.contains("/\(project)") }
    let naming = try #require(calls.first { $0.isA("renameat") && $0.names.last == "transaction.json" })
    let content = try #require(calls.first { $0.isSync && $0.path.hasSuffix("/" + naming.names[0]) })
    let name = try #require(calls.first { $0.isSync && $0.path.hasSuffix("/.agent-mesh") && naming.isBefore($0) })
    #expect(content.isBefore(naming))
    let placing = calls.filter { $0.isA("renameat") && $0.names.last != "transaction.json" || $0.isA("renameat2") }
    #expect(!placing.isEmpty)
    #expect(placing.allSatisfy { name.isBefore($0) }, "\(placing)")
    for file in ["skills.json", "skills.lock"] {
      let swap = try #require(placing.first { $0.names.contains(file) })
      let temporary = try #require(swap.names.first { $0 != file })
      #expect(calls.contains { $0.isSync && $0.path.hasSuffix("/" + temporary) && $0.isBefore(swap) }, "\(file)")
    }
    #expect(calls.count(where: \.isSync) == 4, "\(calls.filter(\.isSync))")
  }
}
