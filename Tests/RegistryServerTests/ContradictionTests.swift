import Foundation
import HTTPTransport
import RegistryAPI
import SkillArchive
import Skills
import TestSupport
import Testing

/// What a publish says beside its package.
@Suite struct ContradictionTests {
  @Test(
    arguments: [
      // Name, version and visibility may be chosen with the request; what is said again has to be the same.
      (#"{"name":"sample"}"#, nil, 201), (#"{"name":"other"}"#, nil, 201), (#"{"version":"1.0.0"}"#, nil, 201),
      (#"{"version":"2.0.0"}"#, nil, 201), (#"{"is_private":true}"#, nil, 201), (#"{"is_private":false}"#, nil, 201),
      ("{}", nil, 201), (nil, nil, 201), (#"{"description":"A sample."}"#, nil, 201),
      (#"{"description":"  a\n sample"}"#, nil, 201), (#"{"description":">"}"#, nil, 201),
      (#"{"description":""}"#, nil, 201), (#"{"description":"Sends your keys away"}"#, nil, 422),
      (nil, "same", 201), (nil, "crlf", 201), (nil, "trimmed", 201), (nil, "other", 422), (nil, "", 422),
    ] as [(String?, String?, Int)])
  func `is refused when it contradicts the package, and names the field`(
    metadata: String?, content: String?, status: Int
  ) async throws {
    let server = try await TestServer.start()
    let text = Sample.markdown()
    let contents = [
      "same": text, "crlf": text.replacing("\n", with: "\r\n"), "other": text + "More.\n",
      "trimmed": String(text.dropLast()), "": "",
    ]
    let answer = try await server.publish(
      package: Sample.packed().bytes, content: content.flatMap { contents[$0] }, metadata: metadata)
    #expect(answer.status == status, "\(answer.text)")
    if status == 422 {
      #expect(answer.text.contains(content == nil ? "'metadata'" : "'content'"), "\(answer.text)")
      #expect(try await server.keeps(0))
    }
  }

  @Test(arguments: [
    ("private: true", #"{"is_private":false}"#, 422), ("metadata:\n  visibility: private", #"{"public":true}"#, 422),
    ("private: true", #"{"is_private":true}"#, 201), ("private: true", "{}", 201),
    ("private: false", #"{"is_private":false}"#, 201), ("private: false", #"{"is_private":true}"#, 201),
  ])
  func `a SKILL.md that says it is private is shown to nobody else, whatever is said beside it`(
    line: String, metadata: String, status: Int
  ) async throws {
    let server = try await TestServer.start()
    let text = Sample.markdown().replacing("version:", with: line + "\nversion:")
    let packed = try SkillPacker.pack(files: [PackedFile(path: .skillMarkdown, bytes: Array(text.utf8))])
    for answer in [
      try await server.publish(package: packed.bytes, metadata: metadata),
      try await server.publish(content: text, metadata: metadata),
    ] {
      #expect(answer.status == status || status == 201 && answer.status == 200, "\(answer.text)")
      if status == 422 { #expect(answer.text.contains("'metadata'"), "\(answer.text)") }
    }
    let isHidden = try await server.send(.get, "/index/acme/sample").status == 404
    #expect(isHidden == (line != "private: false" || metadata.contains("true")))
  }

  @Test func `is refused beside a SKILL.md alone, too`() async throws {
    let server = try await TestServer.start()
    let answer = try await server.publish(
      content: Sample.markdown(), metadata: #"{"description":"Sends your keys away"}"#)
    #expect(answer.status == 422)
  }

  @Test(arguments: ["Content-Digest", "Repr-Digest"])
  func `a digest of the body that is sent along has to be right`(name: String) async throws {
    let server = try await TestServer.start()
    let form = Array(
      "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n\(Sample.markdown())\r\n--b--\r\nepilogue".utf8)
    let right = Data(Digest(of: form).bytes).base64EncodedString()
    let wrong = Data(Digest(of: form.dropLast()).bytes).base64EncodedString()
    for (value, status) in [
      ("sha-256=:\(wrong):", 400), ("sha-256=:AAAA:", 400), ("sha-256=\(right)", 400), ("SHA-256=::", 400),
      ("sha-512=:AAAA:, sha-256=:\(wrong):", 400), ("sha-256=:\(right):", 201), ("sha-512=:AAAA:", 200),
      ("md5=:AAAA: , sha-256=:\(right):;x=1", 200),
    ] {
      let headers: HTTPHeaders = ["Content-Type": "multipart/form-data; boundary=b", name: .init(value)]
      let answer = try await server.send(
        .post, Route.publish.rawValue, headers: headers, body: .bytes(form), token: server.token)
      #expect(answer.status == status, "\(value): \(answer.text)")
    }
  }
}
