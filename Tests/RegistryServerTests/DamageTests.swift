import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import SkillArchive
import Skills
import TestSupport
import Testing

/// What a server does with archives that are no longer what was stored, and when it cannot write.
@Suite struct DamageTests {
  private static let base = "/api/skills/acme/sample/versions/1.0.0"

  private func damage(_ digest: Digest, in server: TestServer) throws {
    let file = URL(fileURLWithPath: server.store.blobs.path(of: digest).string)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
  }

  @Test(arguments: [100, 900_000])
  func `no part of a damaged archive is sent, and the log says why`(size: Int) async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    let packed = try Sample.packed(files: ["noise.txt": Sample.noise(size)])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let headers: HTTPHeaders = ["Accept": "application/gzip", "Range": "bytes=0-9"]
    if size > BlobSize.inMemory {
      let part = try await server.send(.get, Self.base + "/download", headers: headers)
      #expect(part.status == 206)
      #expect(part.body == Array(packed.bytes.prefix(10)))
    }
    try damage(packed.digest, in: server)
    let refused = try await server.send(.get, Self.base + "/download", headers: headers)
    #expect(refused.status == 500)
    #expect(refused.headers["Content-Type"] == ErrorBody.mediaType)
    #expect(log.text.contains("the stored data is damaged: blob \(packed.digest)"))
  }

  private enum BlobSize {
    static let inMemory = 256 << 10
  }

  @Test func `damage that shows only on the way is logged`() async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    let packed = try Sample.packed(files: ["noise.txt": Sample.noise(900_000)])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    try damage(packed.digest, in: server)
    await #expect(throws: TransportError.self) {
      try await server.send(.get, Self.base + "/download", headers: ["Accept": "application/gzip"])
    }
    #expect(log.text.contains("the stored data is damaged: blob \(packed.digest)"))
  }

  @Test(arguments: ["/raw", "/files/noise.txt", "/download"])
  func `a damaged archive is the registry's fault, whatever is asked of it`(path: String) async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    let packed = try Sample.packed(files: ["noise.txt": Sample.noise(600_000)])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let file = URL(fileURLWithPath: server.store.blobs.path(of: packed.digest).string)
    try Data(repeating: 7, count: packed.bytes.count).write(to: file)
    let answer = try await server.send(.get, Self.base + path)
    #expect(answer.status == 500, "\(answer.text)")
    #expect(try answer.json()["code"] as? String == "internal_error")
    #expect(log.text.contains("the stored data is damaged: blob \(packed.digest)"))
  }

  @Test func `no part of a large file out of a damaged archive is sent, also when it was whole before`() async throws {
    let server = try await TestServer.start()
    let large = Sample.noise(3_000_000)
    let packed = try Sample.packed(files: ["large.txt": large, "large.bin": large + "\u{0}"])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    for (name, type) in [("large.txt", "text/plain; charset=utf-8"), ("large.bin", "text/plain; charset=utf-8")] {
      let whole = try await server.send(.get, Self.base + "/files/" + name)
      #expect(whole.text.hasPrefix(large))
      #expect(whole.headers["Content-Type"] == type)
      #expect(whole.headers["X-Content-Type-Options"] == "nosniff")
    }
    try damage(packed.digest, in: server)
    // The last file in the archive lies behind the damage, the first one around it.
    let answers = try await (
      server.send(.get, Self.base + "/files/large.txt"), server.send(.get, Self.base + "/files/large.bin")
    )
    #expect([answers.0.status, answers.1.status].contains(500))
    for answer in [answers.0, answers.1] where answer.status == 200 { #expect(answer.text.hasPrefix(large)) }
  }

  @Test func `what a client has, and what HEAD tells, is answered without the archive`() async throws {
    let server = try await TestServer.start()
    let packed = try Sample.packed(files: ["a.txt": "a"])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    try FileManager.default.removeItem(atPath: server.store.blobs.path(of: packed.digest).string)
    for (path, entry) in zip(["/raw", "/files/a.txt"], packed.manifest.entries) {
      let tag = "\"\(entry.digest.hexadecimal)\""
      let same = try await server.send(.get, Self.base + path, headers: ["If-None-Match": .init(tag)])
      #expect(same.status == 304, "\(path)")
      #expect(same.headers["ETag"] == tag)
      #expect(same.headers["Content-Security-Policy"]?.contains("sandbox") == true)
      let head = try await onThread {
        let connection = try RawConnection(port: server.port)
        connection.write("HEAD \(Self.base + path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return connection.read()
      }
      #expect(head.hasPrefix("HTTP/1.1 200"))
      #expect(head.contains("Content-Length: \(entry.size)\r\n"))
      #expect(try await server.send(.get, Self.base + path).status == 500)
    }
  }

  @Test func `a file that was read once comes from memory`() async throws {
    let server = try await TestServer.start()
    let packed = try Sample.packed(files: ["a.txt": "a"])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let first = try await server.send(.get, Self.base + "/raw")
    try FileManager.default.removeItem(atPath: server.store.blobs.path(of: packed.digest).string)
    let again = try await server.send(.get, Self.base + "/raw")
    #expect(again.body == first.body)
    #expect(again.headers["Content-Type"] == first.headers["Content-Type"])
  }

  @Test func `a zip that was built once comes from memory`() async throws {
    let server = try await TestServer.start()
    #expect(try await server.publish(package: Sample.packed(files: ["a.txt": "a"]).bytes).status == 201)
    let first = try await server.send(.get, Self.base + "/download")
    #expect(first.headers["Content-Type"] == "application/zip")
    try FileManager.default.removeItem(atPath: server.store.blobs.path(of: Digest(of: first.body)).string)
    let again = try await server.send(.get, Self.base + "/download")
    #expect(again.body == first.body)
  }

  @Test func `a zip that cannot be kept is served all the same`() async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    let packed = try Sample.packed(files: ["a.txt": Sample.noise(400_000)])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    try FileManager.default.removeItem(atPath: server.folder.appending("uploads").string)
    for _ in 0..<2 {
      let zip = try await server.send(.get, Self.base + "/download")
      #expect(zip.status == 200, "\(zip.text.prefix(200))")
      #expect(try ArchiveInspector.inspect(.bytes(zip.body)).treeDigest == packed.treeDigest)
    }
    let part = try await server.send(.get, Self.base + "/download", headers: ["Range": "bytes=0-3"])
    #expect(part.body == Array("PK\u{3}\u{4}".utf8))
    #expect(log.text.contains("a zip could not be kept"))
  }
}
