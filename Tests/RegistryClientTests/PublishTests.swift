import Foundation
import RegistryAPI
import RegistryClient
import Skills
import TestSupport
import Testing

@Suite struct PublishTests {
  /// One part of a form, by RFC 7578.
  private struct Part: Equatable {
    var disposition: String
    var type: String?
    var body: [UInt8]
  }

  private func parts(of request: ReceivedRequest) throws -> [Part] {
    let type = try #require(request.headers["Content-Type"])
    let boundary = try #require(type.split(separator: "boundary=").last)
    #expect(type == "multipart/form-data; boundary=\(boundary)")
    #expect(boundary.utf8.count <= 70)
    let whole = Data(request.body)
    #expect(whole.starts(with: Data("--\(boundary)\r\n".utf8)))
    #expect(whole.suffix(boundary.utf8.count + 8) == Data("\r\n--\(boundary)--\r\n".utf8))
    return try split(Data("\r\n".utf8) + whole, at: Data("\r\n--\(boundary)".utf8)).dropFirst().dropLast().map { part in
      let end = try #require(part.range(of: Data("\r\n\r\n".utf8)))
      let head = String(decoding: part[..<end.lowerBound], as: UTF8.self)
      let lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
      func value(_ name: String) -> String? {
        lines.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
      }
      return Part(
        disposition: try #require(value("Content-Disposition")), type: value("Content-Type"),
        body: Array(part[end.upperBound...]))
    }
  }

  private func split(_ data: Data, at separator: Data) -> [Data] {
    var (pieces, rest) = ([Data](), data)
    while let range = rest.range(of: separator) {
      pieces.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return pieces + [rest]
  }

  private func publish(_ package: RegistryClient.Package, _ metadata: PublishMetadata) async throws -> [Part] {
    let server = TestServer { _, connection in try connection.reply(409, #"{"code":"version_exists"}"#) }
    let error = await failure {
      try await client(at: server.address, token: "ah_x").publish(package, metadata: metadata)
    }
    #expect(error?.code == .versionExists)
    let request = try #require(server.requests.first)
    #expect(server.requests.count == 1)
    #expect(request.method == "POST")
    #expect(request.target == "/api/skills/publish")
    #expect(request.headers["Content-Length"] == "\(request.body.count)")
    return try parts(of: request)
  }

  @Test func `an archive goes up byte for byte beside its metadata`() async throws {
    let bytes = Array("\r\n--agent-mesh-\r\n\u{0}".utf8) + [UInt8](0...255)
    let parts = try await publish(
      .archive(bytes, filename: "probe.tar.gz"), PublishMetadata(version: "1.0.0", isPrivate: true))
    #expect(
      parts.map(\.disposition) == [
        #"form-data; name="metadata""#, #"form-data; name="package"; filename="probe.tar.gz""#,
      ])
    #expect(parts.map(\.type) == [nil, "application/gzip"])
    #expect(String(decoding: parts[0].body, as: UTF8.self) == #"{"is_private":true,"version":"1.0.0"}"#)
    #expect(parts[1].body == bytes)
  }

  @Test func `a SKILL.md alone goes up as a text field`() async throws {
    let parts = try await publish(.skillMarkdown(Array("---\n".utf8)), PublishMetadata())
    #expect(parts.map(\.disposition) == [#"form-data; name="metadata""#, #"form-data; name="content""#])
    #expect(parts[0].body == Array("{}".utf8))
    #expect(parts[1].body == Array("---\n".utf8))
  }

  @Test(arguments: [
    ("a\"b", "a%22b"), ("a\r\nX-Evil: 1", "a%0D%0AX-Evil: 1"), ("a\nb\rc", "a%0Ab%0Dc"), ("ä.tar.gz", "ä.tar.gz"),
  ])
  func `a file name cannot end its field`(name: String, written: String) async throws {
    let parts = try await publish(.archive([1], filename: name), PublishMetadata())
    #expect(parts.count == 2)
    #expect(parts.last?.disposition == #"form-data; name="package"; filename="\#(written)""#)
    #expect(parts.last?.body == [1])
  }

  @Test func `every request has a boundary of its own`() async throws {
    let server = TestServer { _, connection in try connection.reply(500) }
    let client = try client(at: server.address)
    for _ in 0..<2 { _ = await failure { try await client.publish(.skillMarkdown([]), metadata: PublishMetadata()) } }
    #expect(Set(server.requests.compactMap { $0.headers["Content-Type"] }).count == 2)
  }
}
