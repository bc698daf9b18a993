import Foundation
import HTTPTransport
import RegistryAPI
import Skills
import TestSupport
import Testing

@testable import RegistryServer

@Suite struct LogTests {
  @Test(arguments: [
    ("/api/skills/acme/one", "/api/skills/acme/one"), ("/api/connect/ct_secret-1_2", "/api/connect/ct_…"),
    ("/x/ah_abcDEF123/y", "/x/ah_…/y"), ("/x?sb_1", "/x?sb_…"), ("/x/AH_secret", "/x/AH_…"),
    ("/x/xah_secret", "/x/xah_…"), ("/x/a%68_secret", "/x/ah_…"), ("/x/Bearer%20secret", "/x/Bearer …"),
    ("/bearer/secret/rest", "/bearer/…/rest"), ("/a%0Ab", "/a\\u{A}b"), ("/files/a_b.md", "/files/a_b.md"),
    ("/%ff", "/%ff"), ("/x/%61h_secret%zz", "/x/ah_…%zz"), ("", ""),
    ("/link/abc", "/link/…"), ("/registry/link/abc/d", "/registry/link/…"), ("//x//l%69nk//abc", "/x/link/…"),
    ("/x/ah_secret/link/abc", "/x/ah_…/link/…"), ("/linked/abc", "/linked/abc"),
  ])
  func `a path is logged on one line and without secrets`(path: String, logged: String) {
    #expect(Redaction.path(path) == logged)
  }

  @Test func `no token is found in any log or file, wherever it was presented`() async throws {
    let log = LogCapture()
    let server = try await TestServer.start(log: log)
    try await server.publish("sample")
    let secret = server.token
    let stranger = "ah_" + String(repeating: "Q", count: 40)
    for token in [secret, stranger] {
      for path in ["/api/user/profile", "/api/skills/acme/sample", "/api/connect/\(token)", "/\(token)?t=\(token)"] {
        _ = try await server.send(.get, path, token: token)
      }
      _ = try await server.publish(content: Sample.markdown("one"), metadata: "{\"x\":\"\(token)\"", token: token)
      _ = try await server.sendJSON(.post, Route.latest.rawValue, LatestRequest(skills: [token]), token: token)
      _ = try await server.search(token)
    }
    _ = try await server.send(.delete, "/api/user/token", token: secret)
    for token in [secret, stranger] {
      let core = String(token.dropFirst(3))
      #expect(!log.text.contains(core))
      for name in try FileManager.default.subpathsOfDirectory(atPath: server.folder.string) {
        let bytes = FileManager.default.contents(atPath: server.folder.appending(name).string) ?? Data()
        #expect(bytes.range(of: Data(core.utf8)) == nil, "\(name)")
      }
    }
    #expect(log.text.contains("http.status"))
  }
}
