import Foundation
import TestSupport
import Testing

@testable import HTTPTransport

struct DownloadTests {
  private let folder = ScratchFolder()

  private func plan(_ size: Int?, limit: Int = 1 << 24) -> DownloadPlan {
    DownloadPlan(to: .newFile(path: folder.file("out")), expectedSize: size, limit: limit)
  }

  private func download(_ url: HTTPURL, _ plan: DownloadPlan) async throws(TransportError) -> DownloadSummary {
    try await makeTransport().download(HTTPRequest(.get, url), plan)
  }

  @Test func `writes what came, shows it to the observer and reports progress`() async throws {
    let content = pattern(3_000_000)
    let server = TestServer { _, connection in try connection.reply(200, headers: ["ETag: x"], content) }
    let seen = Log<[UInt8]>()
    let progress = Log<Int>()
    var plan = plan(content.count)
    plan.observe = { seen.add(Array($0)) }
    plan.report = { progress.add($0) }
    let summary = try await download(server.url(), plan)
    #expect(summary.byteCount == content.count)
    #expect(summary.response.headers["ETag"] == "x")
    #expect(folder.bytes(of: "out") == content)
    #expect(seen.values.flatMap { $0 } == content)
    #expect(progress.values.last == content.count)
    #expect(progress.values == progress.values.sorted())
    #expect(server.requests.first?.headers["Accept-Encoding"] == nil)
  }

  @Test func `the file is for its owner alone`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, "x") }
    _ = try await download(server.url(), plan(1))
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("out"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `an existing file is never overwritten and nothing is asked`() async {
    _ = folder.write([1], to: "out")
    let server = TestServer { _, connection in try connection.reply(200, "x") }
    let error = await failure { () async throws(TransportError) in try await download(server.url(), plan(1)) }
    #expect(error?.code == .file(EEXIST))
    #expect(folder.bytes(of: "out") == [1])
    #expect(server.requests.isEmpty)
  }

  @Test func `a link is never followed`() async throws {
    try FileManager.default.createSymbolicLink(atPath: folder.file("out"), withDestinationPath: folder.file("target"))
    let server = TestServer { _, connection in try connection.reply(200, "x") }
    let error = await failure { () async throws(TransportError) in try await download(server.url(), plan(1)) }
    #expect(error?.code == .file(EEXIST))
    #expect(folder.bytes(of: "target") == nil)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789", "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n12345678901",
    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n123",
    "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n12345678901",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n123\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n",
  ])
  func `any other size than the expected one leaves no file`(answer: String) async {
    let server = TestServer { _, connection in
      try connection.send(answer)
      connection.close()
    }
    let error = await failure { () async throws(TransportError) in try await download(server.url(), plan(10)) }
    #expect(error?.code == .sizeMismatch)
    #expect(folder.names.isEmpty)
  }

  @Test func `an endless body ends at the limit and leaves no file`() async {
    let server = TestServer { _, connection in
      try connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while true { try connection.send(pattern(1000)) }
    }
    let error = await failure { () async throws(TransportError) in
      try await download(server.url(), plan(nil, limit: 100_000))
    }
    #expect(error?.code == .tooLarge)
    #expect(folder.names.isEmpty)
  }

  @Test func `an expected size beyond the limit asks nobody`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    let error = await failure { () async throws(TransportError) in
      try await download(server.url(), plan(11, limit: 10))
    }
    #expect(error?.code == .tooLarge)
    #expect(server.requests.isEmpty)
    #expect(folder.names.isEmpty)
  }

  @Test(arguments: [404, 410, 500, 304])
  func `a refusal leaves no file and keeps its body`(status: Int) async throws {
    let body = status == 304 ? "" : "gone"
    let server = TestServer { _, connection in try connection.reply(status, body) }
    let summary = try await download(server.url(), plan(10))
    #expect(summary.response.status == status)
    #expect(summary.response.body == Array(body.utf8))
    #expect(summary.byteCount == 0)
    #expect(folder.names.isEmpty)
  }

  @Test func `goes through redirects and repetitions`() async throws {
    let server = TestServer { request, connection in
      switch request.target {
      case "/a": try connection.reply(302, headers: ["Location: /b"], "not this")
      case "/b": try connection.reply(503, headers: ["Location: /c"], "nor this")
      default: try connection.reply(200)
      }
    }
    let seen = Log<Int>()
    let other = TestServer { _, connection in
      seen.add(0)
      if seen.values.count == 1 { try connection.reply(503, "not this") } else { try connection.reply(200, "this") }
    }
    #expect(try await download(server.url("/a"), plan(nil)).response.status == 503)
    #expect(folder.names.isEmpty)
    #expect(try await download(other.url(), plan(4)).byteCount == 4)
    #expect(folder.bytes(of: "out") == Array("this".utf8))
  }

  @Test func `writes to an open descriptor and leaves it open`() async throws {
    let server = TestServer { _, connection in try connection.reply(200, "abc") }
    let descriptor = open(folder.file("own"), O_RDWR | O_CREAT, 0o644)
    defer { close(descriptor) }
    _ = try await download(server.url(), DownloadPlan(to: .descriptor(descriptor), limit: 10))
    #expect(write(descriptor, "d", 1) == 1)
    #expect(folder.bytes(of: "own") == Array("abcd".utf8))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is named`() async {
    let server = TestServer { _, connection in try connection.reply(200, "abc") }
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let error = await failure { () async throws(TransportError) in
      try await download(server.url(), DownloadPlan(to: .descriptor(full), limit: 10))
    }
    #expect(error?.code == .file(ENOSPC))
  }
}
