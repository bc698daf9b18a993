import Foundation
import TestSupport
import Testing

/// Links that an operator passes on.
@Suite(.enabled(if: Program.find("curl") != nil), .timeLimit(.minutes(5))) struct OneTimeLinkTests {
  private func path(of link: String) throws -> String { try #require(URL(string: link)).path }

  @Test func `the first account has a link until it is there, and every start ends the link before`() async throws {
    let first = try await FreshRegistry.start()
    let old = try await first.firstLink()
    let second = try await first.restarted()
    let new = try await second.firstLink()
    let browser = try FormBrowser(at: second.url)
    #expect(try await browser.get(path(of: old)).status == 404)
    // Looking at it does not use it up.
    for _ in 0..<2 { #expect(try await browser.get(new).status == 200) }
    try await browser.signUp("ada", by: new)
    #expect(try await browser.get(new).status == 404)
    let third = try await second.restarted()
    await third.registry.stop()
    #expect(try !third.errors.contains("/link/"))
  }

  @Test func `the secret of the first link stands once on stderr, however much is logged of its use`() async throws {
    let registry = try await FreshRegistry.start(["--log-level", "debug"])
    let link = try await registry.firstLink()
    let browser = try FormBrowser(at: registry.url)
    #expect(try await browser.get(link).status == 200)
    try await browser.signUp("ada", by: link)
    await registry.registry.stop()
    let secret = try #require(link.split(separator: "/").last)
    #expect(try registry.errors.components(separatedBy: secret).count == 2)
    #expect(try registry.errors.contains("Make the first account here, within three days: \(link)\n"))
  }

  @Test(.enabled(if: Program.find("python3") != nil))
  func `a link that is too old makes no account`() async throws {
    let registry = try await FreshRegistry.start()
    let link = try await registry.firstLink()
    try await registry.age("UPDATE invitations SET expires_at = 0")
    let browser = try FormBrowser(at: registry.url)
    #expect(try await browser.get(link).status == 404)
    let made = try await browser.submit(link, ["handle": "ada", "password": FormBrowser.password])
    #expect(made.status == 404)
  }

  @Test func `a link makes a password new, and who is in already is not invited`() async throws {
    let registry = try await FreshRegistry.start()
    _ = try await registry.operatorBrowser("ada")
    let listen = ["--listen", String(registry.url.dropFirst("http://".count))]
    let again = try await registry.administer(["account", "invite", "ada"] + listen)
    #expect(again.status == 1)
    #expect(again.errors.contains("agent-mesh-registry account reset ada"), "\(again.errors)")
    let reset = try await registry.administer(["account", "reset", "ada"] + listen)
    #expect(reset.status == 0, "\(reset.errors)")
    let browser = try FormBrowser(at: registry.url)
    let link = reset.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await browser.submit(link, ["password": "another horse"]).status == 303)
    #expect(try await browser.get("/settings/tokens").status == 200)
  }

  @Test func `a link that would lead nowhere is not made, and the reason is told`() async throws {
    let registry = try await FreshRegistry.start()
    let cases: [(words: [String], status: Int32, reason: String)] = [
      (["account", "invite", "--listen", "192.0.2.1:7117"], 1, "public_address"),
      (["account", "invite", "--listen", "7117"], 64, "host:port"),
      (["account", "invite", "--config", "missing.conf"], 1, "missing.conf"),
      (["account", "invite", "Not A Name"], 64, "Not A Name"),
      (["account", "reset", "nobody"], 1, "agent-mesh-registry account invite nobody"),
    ]
    for (words, status, reason) in cases {
      let refused = try await registry.administer(words)
      #expect(refused.status == status, "\(words): \(refused.errors)")
      #expect(refused.errors.contains(reason), "\(words): \(refused.errors)")
      #expect(refused.output.isEmpty)
    }
  }
}
