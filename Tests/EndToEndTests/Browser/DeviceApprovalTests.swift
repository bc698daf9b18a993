import Testing

extension InBrowser {
  /// Logging in from the command line with a page of the registry.
  @Suite struct DeviceApprovalTests {
    /// The page and the code that a login shows.
    private func shown(by terminal: Terminal) async throws -> (page: String, code: String) {
      let code = try await terminal.loginCode()
      let page = try #require(terminal.transcript.firstMatch(of: /http:\/\/[^\s\u{1B}]+\/auth\/device[^\s\u{1B}]*/))
      return (String(page.output), code)
    }

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `a login is approved on its page, and what is published then has a page, too`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open(authors: [])
      let person = try Person(["AGENT_MESH_REGISTRY": scene.registry.url])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        try await browser.join(scene, as: "ada")
        try await browser.deleteCookies()
        let login = try await person.atTerminal(["login"]) { terminal in
          let (page, code) = try await shown(by: terminal)
          try await browser.open(page)
          try await browser.signIn(as: "ada")
          // Also where the link has it, the code is typed: whoever was sent a link has none to type.
          #expect(try await browser.value(of: "Code").isEmpty)
          try await browser.fill("Code", with: "BBBB-BBBB")
          try await browser.press("Continue")
          try await browser.see("No device waits with this code")
          try await browser.fill("Code", with: code.lowercased())
          try await browser.press("Continue")
          for words in ["Did you start this yourself", "agent-mesh on ", "127.0.0.1", code, "publish new skills"] {
            try await browser.see(words)
          }
          try await browser.press("Yes, approve it")
          try await browser.see("Device approved")
        }
        #expect(login.status == 0, "\(login.transcript)")
        #expect(try await person.agentMesh(["whoami", "--json"]).json()["author"] as? String == "ada")
        let head = "---\nname: reviewer\ndescription: Reviews changes.\nmetadata:\n  version: 1.0.0\n---\n"
        try person.folder.write("reviewer/SKILL.md", head + "\n# Reading *slowly*\n")
        let published = try await person.agentMesh(["skills", "publish", "reviewer"])
        #expect(published.status == 0, "\(published.errors)")
        let page = try #require(published.json()["url"] as? String)
        try await browser.open(page)
        #expect(try await browser.address == browser.site + "/authors/ada/skills/reviewer")
        try await browser.see("Reviews changes.")
        try await browser.see("agent-mesh skills install ada/reviewer")
        #expect(try await browser.text(at: "main em") == "slowly")
      }
    }

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `a login that is denied on its page gets no token`(scripts: BrowserSession.Scripts) async throws {
      let scene = try await Scene.open(authors: [])
      let person = try Person(["AGENT_MESH_REGISTRY": scene.registry.url])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        try await browser.join(scene, as: "ada")
        let login = try await person.atTerminal(["login"]) { terminal in
          let (page, code) = try await shown(by: terminal)
          try await browser.open(page)
          try await browser.fill("Code", with: code)
          try await browser.press("Continue")
          try await browser.press("No, deny it")
          try await browser.see("Device denied")
        }
        #expect(login.status == 3, "\(login.transcript)")
        #expect(login.transcript.contains("was denied"))
        #expect(try person.settings() == nil)
        try await browser.open("/settings/tokens")
        try await browser.see("Tokens")
        #expect(try await browser.count("//button[starts-with(@aria-label, 'Revoke')]") == 0)
      }
    }
  }
}
