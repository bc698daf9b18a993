import Foundation
import HTTPTransport
import RegistryAPI
import SkillArchive
import Skills
import TestSupport
import Testing

@Suite struct ReadingTests {
  @Test func `an index is tagged by its content, and 304 has neither body nor type`() async throws {
    let server = try await TestServer.start()
    #expect(try await server.publish(package: Sample.packed().bytes).status == 201)
    let first = try await server.send(.get, "/index/acme/sample")
    let tag = try #require(first.headers["ETag"])
    #expect(tag == "\"\(Digest(of: first.body).hexadecimal)\"")
    #expect(first.headers["Cache-Control"] == "public, no-cache")
    for header in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
      let again = try await server.send(.get, "/index/acme/sample", headers: ["If-None-Match": header])
      #expect(again.status == 304, "\(header)")
      #expect(again.body.isEmpty)
      #expect(again.headers["ETag"] == tag)
    }
    #expect(try await server.send(.get, "/index/acme/sample", headers: ["If-None-Match": "\"x\""]).status == 200)
    #expect(try await server.publish(package: Sample.packed(version: "1.1.0").bytes).status == 201)
    let changed = try await server.send(.get, "/index/acme/sample", headers: ["If-None-Match": tag])
    #expect(changed.status == 200)
    #expect(
      try WireCoding.decode(IndexDocument.self, from: changed.body).versions.map(\.version) == ["1.0.0", "1.1.0"])
  }

  @Test(arguments: [
    ("application/gzip", "application/gzip"), ("application/gzip, */*", "application/gzip"),
    ("application/zip, application/gzip;q=0.1", "application/zip"),
    ("application/zip;q=0.5, application/gzip", "application/gzip"), ("application/gzip;q=0", "application/zip"),
    ("application/gzip; q=0.0", "application/zip"), ("application/gzip;q=0.000, */*", "application/zip"),
    ("APPLICATION/X-TAR ; q=1", "application/gzip"), ("text/html", "application/zip"), ("", "application/zip"),
    (",;,q=1", "application/zip"), ("application/gzipped", "application/zip"),
  ])
  func `of the two forms of an archive the one that is liked better comes`(accept: String, type: String) async throws {
    let server = try await TestServer.start()
    try await server.publish("sample")
    let answer = try await server.send(.get, "/api/skills/acme/sample/download", headers: ["Accept": .init(accept)])
    #expect(answer.headers["Content-Type"] == type)
  }

  @Test(arguments: [
    "/index/acme/sample", "/api/skills/acme/sample/download", "/api/skills/acme/sample", "/health",
    "/api/skills/acme/sample/raw", "/api/skills/acme/sample/versions/1.0.0/files/SKILL.md",
  ])
  func `HEAD answers as GET does, without the body`(path: String) async throws {
    let server = try await TestServer.start()
    #expect(try await server.publish(package: Sample.packed().bytes).status == 201)
    let get = try await server.send(.get, path)
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write("HEAD \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 200"))
    #expect(answer.contains("Content-Length: \(get.body.count)\r\n"))
    #expect(answer.hasSuffix("\r\n\r\n"))
  }

  @Test func `an archive comes as tar.gz to those who ask for it and as zip to older clients`() async throws {
    let server = try await TestServer.start()
    let packed = try Sample.packed(files: ["scripts/run.sh": "echo", "ü.md": "text"])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let path = "/api/skills/acme/sample/versions/1.0.0/download"
    let tar = try await server.send(.get, path, headers: ["Accept": "application/gzip"])
    #expect(tar.body == packed.bytes)
    #expect(tar.headers["ETag"] == "\"\(packed.digest.hexadecimal)\"")
    #expect(tar.headers["Cache-Control"] == "public, max-age=31536000, immutable")
    #expect(tar.headers["Vary"] == "Accept")
    for accept in ["application/zip", "*/*"] {
      let zip = try await server.send(.get, path, headers: ["Accept": accept])
      #expect(zip.headers["Content-Type"] == "application/zip")
      let inspected = try ArchiveInspector.inspect(.bytes(zip.body))
      #expect(inspected.treeDigest == packed.treeDigest)
    }
    #expect(
      try await server.send(.get, "/api/skills/acme/sample/download").headers["Cache-Control"] == "public, no-cache")
  }

  @Test(arguments: [("bytes=0-9", 0, 10), ("bytes=10-", 10, -1), ("bytes=-5", -5, -1), ("bytes=0-99999999", 0, -1)])
  func `a range of an archive is that part of it`(range: String, from: Int, to: Int) async throws {
    let server = try await TestServer.start()
    // Larger than what is kept in memory, so that both ways of reading are taken.
    for size in [100, 600_000] {
      let packed = try Sample.packed("sample-\(size)", files: ["noise.txt": Sample.noise(size)])
      #expect(try await server.publish(package: packed.bytes).status == 201)
      let path = "/api/skills/acme/sample-\(size)/versions/1.0.0/download"
      let part = try await server.send(.get, path, headers: ["Accept": "application/gzip", "Range": .init(range)])
      let count = packed.bytes.count
      let start = from < 0 ? count + from : from
      let end = to < 0 ? count : to
      #expect(part.status == 206)
      #expect(part.body == Array(packed.bytes[start..<end]))
      #expect(part.headers["Content-Range"] == "bytes \(start)-\(end - 1)/\(count)")
    }
  }

  @Test func `a range that cannot be had is 416, and one of another content is the whole`() async throws {
    let server = try await TestServer.start()
    let packed = try Sample.packed()
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let path = "/api/skills/acme/sample/versions/1.0.0/download"
    func get(_ headers: HTTPHeaders) async throws -> HTTPResponse {
      var all = headers
      all["Accept"] = "application/gzip"
      return try await server.send(.get, path, headers: all)
    }
    let beyond = try await get(["Range": "bytes=9999999-"])
    #expect(beyond.status == 416)
    #expect(beyond.headers["Content-Range"] == "bytes */\(packed.bytes.count)")
    #expect(beyond.headers["Cache-Control"] == "no-store")
    #expect(beyond.headers["Content-Type"] == ErrorBody.mediaType)
    #expect(try beyond.json()["code"] as? String == "range_not_satisfiable")
    #expect(try await get(["Range": "bytes=0-1", "If-Range": "\"other\""]).status == 200)
    #expect(try await get(["Range": "bytes=0-1", "If-Range": .init("\"\(packed.digest.hexadecimal)\"")]).status == 206)
    for odd in ["bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=--5", "bytes=99999999999999999999-"] {
      #expect(try await get(["Range": .init(odd)]).body == packed.bytes, "\(odd)")
    }
  }

  @Test func `a large archive is streamed whole, and a damaged one never looks complete`() async throws {
    let server = try await TestServer.start()
    let packed = try Sample.packed(files: ["noise.txt": Sample.noise(900_000)])
    try #require(packed.bytes.count > 300_000)
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let path = "/api/skills/acme/sample/versions/1.0.0/download"
    let whole = try await server.send(.get, path, headers: ["Accept": "application/gzip"])
    #expect(whole.body == packed.bytes)
    let blob = server.store.blobs.path(of: packed.digest).string
    var bytes = try Data(contentsOf: URL(fileURLWithPath: blob))
    bytes[1_000] ^= 1
    try bytes.write(to: URL(fileURLWithPath: blob))
    await #expect(throws: TransportError.self) {
      try await server.send(.get, path, headers: ["Accept": "application/gzip"])
    }
    #expect(await server.store.check().faults.count == 1)
  }

  @Test func `files of a version are listed, served as what no browser runs, and nothing else is reachable`()
    async throws
  {
    let server = try await TestServer.start()
    let packed = try Sample.packed(files: ["docs/a b.html": "<script>alert(1)</script>", "run.sh": "echo"])
    #expect(try await server.publish(package: packed.bytes).status == 201)
    let base = "/api/skills/acme/sample/versions/1.0.0"
    let list = try WireCoding.decode(FileList.self, from: await server.send(.get, base + "/files").body)
    #expect(list.files.map(\.path) == ["SKILL.md", "docs/a b.html", "run.sh"])
    #expect(list.files.map(\.executable) == [false, false, true])
    #expect(list.treeDigest == packed.treeDigest)
    let page = try await server.send(.get, base + "/files/docs/a%20b.html")
    #expect(page.text == "<script>alert(1)</script>")
    #expect(page.headers["Content-Type"] == "text/plain; charset=utf-8")
    #expect(page.headers["X-Content-Type-Options"] == "nosniff")
    #expect(page.headers["Content-Security-Policy"]?.contains("sandbox") == true)
    let raw = try await server.send(.get, base + "/raw")
    #expect(raw.text == Sample.markdown())
    #expect(raw.headers["Content-Type"] == "text/markdown; charset=utf-8")
    for path in ["no.md", "..%2F..%2Fregistry.sqlite", "%2e%2e/x", "docs", "%00", "%ff"] {
      #expect(try await server.send(.get, base + "/files/" + path).status == 404, "\(path)")
    }
  }

  @Test func `the newest versions of many skills come in one answer, private ones only to their owner`() async throws {
    let server = try await TestServer.start()
    #expect(try await server.publish(package: Sample.packed("one", version: "2.0.0-beta.1").bytes).status == 201)
    #expect(try await server.publish(package: Sample.packed("one", version: "1.5.0").bytes).status == 201)
    #expect(
      try await server.publish(package: Sample.packed("hidden").bytes, metadata: #"{"is_private":true}"#).status == 201)
    let body = #"{"skills":["acme/one","acme/hidden","acme/none"]}"#
    func ask(_ token: String?) async throws -> [String?] {
      let answer = try await server.send(
        .post, Route.latest.rawValue, headers: ["Content-Type": "application/json"], body: .bytes(Array(body.utf8)),
        token: token)
      return try WireCoding.decode(LatestResponse.self, from: answer.body).skills.map(\.version)
    }
    #expect(try await ask(nil) == ["1.5.0", nil, nil])
    #expect(try await ask(server.token) == ["1.5.0", "1.0.0", nil])
  }
}
