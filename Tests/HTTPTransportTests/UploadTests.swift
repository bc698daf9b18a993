import Foundation
import TestSupport
import Testing

@testable import HTTPTransport

struct UploadTests {
  private let folder = ScratchFolder()

  @Test func `streams 20 MB from a file between other parts`() async throws {
    let content = pattern(20_000_000)
    let path = folder.write(content, to: "large")
    let received = Log<[UInt8]>()
    let server = TestServer { request, connection in
      // A large body asks first.
      #expect(request.headers["Expect"] == "100-continue")
      try connection.send("HTTP/1.1 100 Continue\r\n\r\n")
      received.add(connection.readBody(of: request))
      try connection.reply(201)
    }
    let body = HTTPBody.parts([
      .bytes(Array("head".utf8)), .file(path: path, size: content.count), .bytes([]), .bytes(Array("tail".utf8)),
    ])
    let response = try await makeTransport().send(HTTPRequest(.post, server.url(), body: body))
    #expect(response.status == 201)
    #expect(server.requests.first?.headers["Content-Length"] == "20000008")
    #expect(received.values == [Array("head".utf8) + content + Array("tail".utf8)])
  }

  @Test func `sends a large body also to a server that does not know Expect`() async throws {
    let content = pattern(2_000_000)
    let server = TestServer { request, connection in
      try connection.reply(200, "\(connection.readBody(of: request) == content)")
    }
    let response = try await makeTransport().send(HTTPRequest(.put, server.url(), body: .bytes(content)))
    #expect(response.body == Array("true".utf8))
  }

  @Test func `a refusal spares the body`() async throws {
    let server = TestServer { _, connection in
      try connection.reply(401, headers: ["Connection: close"], "no")
      connection.close()
    }
    let request = HTTPRequest(.post, server.url(), body: .bytes(pattern(2_000_000)))
    let response = try await makeTransport().send(request)
    #expect(response.status == 401)
    #expect(response.body == Array("no".utf8))
  }

  @Test func `a small body asks for nothing`() async throws {
    let server = TestServer { _, connection in try connection.reply(200) }
    _ = try await makeTransport().send(HTTPRequest(.post, server.url(), body: .bytes(pattern(1 << 20))))
    #expect(server.requests.first?.headers["Expect"] == nil)
    #expect(server.requests.first?.body.count == 1 << 20)
  }

  @Test func `reads a file again after a redirect`() async throws {
    let content = pattern(300_000)
    let path = folder.write(content, to: "file")
    let server = TestServer { request, connection in
      if request.target == "/a" { return try connection.reply(308, headers: ["Location: /b"]) }
      try connection.reply(200, request.body)
    }
    let body = HTTPBody.parts([.bytes([1]), .file(path: path, size: content.count)])
    #expect(try await makeTransport().send(HTTPRequest(.post, server.url("/a"), body: body)).body == [1] + content)
  }

  @Test(arguments: [99, 101])
  func `a file whose size changed is not sent as something else`(size: Int) async {
    let path = folder.write(pattern(100), to: "file")
    let server = TestServer { _, connection in try connection.reply(200) }
    let request = HTTPRequest(.post, server.url(), body: .parts([.file(path: path, size: size)]))
    let error = await failure { () async throws(TransportError) in try await makeTransport().send(request) }
    #expect(error?.code == .file(EIO))
    #expect(error?.target == path)
  }

  @Test func `a missing file is named`() async {
    let server = TestServer { _, connection in try connection.reply(200) }
    let request = HTTPRequest(.post, server.url(), body: .parts([.file(path: folder.file("none"), size: 1)]))
    let error = await failure { () async throws(TransportError) in try await makeTransport().send(request) }
    #expect(error?.code == .file(ENOENT))
    #expect(error?.description.contains(folder.file("none")) == true)
  }
}

struct UploadReaderTests {
  @Test(arguments: [1, 2, 3, 7, 100])
  func `reads and reads again from anywhere, in pieces of any size`(piece: Int) throws {
    let folder = ScratchFolder()
    let path = folder.write(Array(3...6), to: "f")
    let parts: [HTTPBody.Part] = [.bytes([0, 1, 2]), .bytes([]), .file(path: path, size: 4), .bytes([7, 8])]
    var reader = UploadReader(.parts(parts))
    for start in 0...9 {
      try reader.seek(to: start)
      var read: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: piece)
      while case let count = try buffer.withUnsafeMutableBytes({ try reader.read(into: $0) }), count > 0 {
        read += buffer[..<count]
      }
      #expect(read == Array(UInt8(start)..<9))
    }
  }
}
