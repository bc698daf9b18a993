import Testing

/// Names for which an operator gets no link: each refusal leads on, and none in a circle.
@Suite(.enabled(if: Program.find("curl") != nil), .timeLimit(.minutes(5))) struct MissingLinkTests {
  @Test func `a name without a link is told for what it is`() async throws {
    let registry = try await FreshRegistry.start()
    let browser = try await registry.operatorBrowser("ada")
    for name in ["guild", "circle"] {
      #expect(try await browser.submit("/settings/organisations", ["name": name]).status == 303)
    }
    let end = "/settings/organisations/circle/delete"
    #expect(try await browser.submit(end, ["confirmation": "circle"]).status == 303)
    #expect(try await browser.submit("/settings/handle", ["handle": "grace"]).status == 303)
    let cases = [
      ("guild", "'guild' is an organisation"), ("circle", "'circle' was deleted"),
      ("ada", "'ada' is called 'grace' now. To let its owner in: agent-mesh-registry account reset grace --data "),
    ]
    for (name, words) in cases {
      for verb in ["invite", "reset"] {
        let refused = try await registry.administer(["account", verb, name])
        #expect(refused.status == 1, "\(verb) \(name)")
        #expect(refused.errors.contains(words), "\(verb) \(name): \(refused.errors)")
      }
    }
  }

  @Test func `the command that a refusal names makes the link`() async throws {
    let registry = try await FreshRegistry.start()
    _ = try await registry.operatorBrowser("ada")
    let listen = ["--listen", String(registry.url.dropFirst("http://".count))]
    for words in [["invite", "ada"], ["reset", "newcomer"]] {
      let refused = try await registry.administer(["account"] + words + listen)
      let command = try #require(refused.errors.firstMatch(of: #/: agent-mesh-registry (account [^\n]*)/#)).output.1
      let linked = try await Program.run(
        Program.registry, command.split(separator: " ").map(String.init), environment: ["PATH": "/usr/bin:/bin"],
        folder: "/")
      #expect(linked.status == 0, "\(words): \(linked.errors)")
      #expect(linked.output.hasPrefix(registry.url + "/link/"), "\(linked.output)")
    }
  }
}
