import Foundation
import HTTPTransport
import RegistryAPI
import RegistryServer
import RegistryStore
import Skills
import TestSupport
import Testing

/// What a publish request may hold beside its package, and what may happen while it is under way.
@Suite struct UploadTests {
  private static let type: HTTPHeaders = ["Content-Type": "multipart/form-data; boundary=b"]

  private func part(_ head: String, _ bytes: [UInt8]) -> [UInt8] {
    Array("--b\r\nContent-Disposition: form-data; \(head)\r\n\r\n".utf8) + bytes + Array("\r\n".utf8)
  }

  private func package() throws -> [UInt8] {
    part("name=\"package\"; filename=\"p\"", try Sample.packed().bytes)
  }

  @Test(arguments: ["none", "preamble", "epilogue", "unknown parts", "metadata"])
  func `bytes outside of the package count against the limit of the form`(where region: String) async throws {
    var limits = RegistryLimits()
    limits.archive.compressedBytes = 20_000
    limits.formOverhead = 20_000
    let server = try await TestServer.start(limits: limits)
    let much = [UInt8](repeating: UInt8(ascii: "x"), count: 50_000)
    let little = [UInt8](repeating: UInt8(ascii: "x"), count: 500)
    var form = try package() + part("name=\"more\"", region == "unknown parts" ? much : little)
    if region == "metadata" { form = part("name=\"metadata\"", Array("{}".utf8) + much.map { _ in 32 }) + form }
    form = (region == "preamble" ? much : little) + Array("\r\n".utf8) + form + Array("--b--\r\n".utf8)
    form += region == "epilogue" ? much : little
    // Without a length, so that the bytes themselves are counted.
    let body = form
    let answer = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST \(Route.publish.rawValue) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
      connection.write("\(String(body.count, radix: 16))\r\n")
      connection.write(body)
      connection.write("\r\n0\r\n\r\n")
      return connection.read()
    }
    let statuses = region == "none" ? ["201"] : region == "preamble" ? ["400", "413"] : ["413"]
    #expect(statuses.contains { answer.hasPrefix("HTTP/1.1 \($0)") }, "\(answer)")
    #expect(try await server.keeps(region == "none" ? 1 : 0))
  }

  @Test(arguments: [("right", "right", 201), ("right", "wrong", 400), ("wrong", "right", 400), ("wrong", "wrong", 400)])
  func `one digest that is right does not excuse another that is wrong`(
    content: String, representation: String, status: Int
  ) async throws {
    let server = try await TestServer.start()
    let form = try package() + Array("--b--\r\n".utf8)
    func digest(_ word: String) -> String {
      let bytes = word == "right" ? form : Array(form.dropLast())
      return "sha-256=:\(Data(Digest(of: bytes).bytes).base64EncodedString()):"
    }
    var headers = Self.type
    headers["Content-Digest"] = digest(content)
    headers["Repr-Digest"] = digest(representation)
    let answer = try await server.send(
      .post, Route.publish.rawValue, headers: headers, body: .bytes(form), token: server.token)
    #expect(answer.status == status, "\(answer.text)")
    #expect(try await server.keeps(status == 201 ? 1 : 0))
  }

  @Test func `a token that ends during an upload publishes nothing`() async throws {
    let server = try await TestServer.start()
    let form = try package() + Array("--b--\r\n".utf8)
    let connection = try await onThread {
      let connection = try RawConnection(port: server.port)
      connection.write(
        "POST \(Route.publish.rawValue) HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(server.token)\r\n"
          + "Content-Type: multipart/form-data; boundary=b\r\nExpect: 100-continue\r\nContent-Length: \(form.count)\r\n"
          + "Connection: close\r\n\r\n")
      // The token was good when the upload began.
      #expect(connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
      connection.write(Array(form.dropLast(10)))
      return connection
    }
    let token = try #require(AccessToken(presented: server.token))
    #expect(try await server.store.accounts.revoke(token, at: Date()))
    let answer = try await onThread {
      connection.write(Array(form.suffix(10)))
      return connection.read()
    }
    #expect(answer.hasPrefix("HTTP/1.1 401"), "\(answer)")
    #expect(answer.contains("WWW-Authenticate"))
    #expect(try await server.store.catalog.history(of: SkillName(parsing: "acme/sample")) == nil)
    #expect(try await server.keeps(0))
  }
}
