import Testing

extension InBrowser {
  @Suite struct TokenPageTests {
    @Test(arguments: BrowserSession.Scripts.allCases)
    func `a token is shown once, does what was ticked, and ends with a press`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        try await browser.join(scene, as: "ada")
        try await browser.open("/settings/tokens")
        try await browser.fill("Name", with: "Pipeline")
        try await browser.press("Create token")
        try await browser.see("choose at least one right")
        #expect(try await browser.value(of: "Name") == "Pipeline")
        try await browser.tick("publish new skills")
        try await browser.press("Create token")
        try await browser.see("Copy it now: it is not shown again.")
        let secret = try await browser.text(at: "#token")
        #expect(secret.hasPrefix("ah_"))
        func status() async throws -> Int32 {
          try await Person(["AGENT_MESH_REGISTRY": scene.registry.url, "AGENT_MESH_TOKEN": secret])
            .agentMesh(["whoami"]).status
        }
        #expect(try await status() == 0)
        try await browser.follow("Your tokens")
        try await browser.see("Pipeline")
        #expect(try await !browser.source.contains(secret))
        try await browser.press("Revoke Pipeline")
        try await browser.see(that: "contains(., 'Create a token') and not(//button[@aria-label='Revoke Pipeline'])")
        #expect(try await status() == 3)
      }
    }
  }
}
