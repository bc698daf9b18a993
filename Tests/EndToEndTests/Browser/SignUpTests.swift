import Testing

extension InBrowser {
  @Suite struct SignUpTests {
    @Test(arguments: BrowserSession.Scripts.allCases)
    func `somebody without an account makes one on the way, and arrives where they wanted to go`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open(authors: [], settings: ["SIGN_UP": "open"])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        try await browser.open("/settings/tokens")
        try await browser.follow("Sign up")
        try await browser.fill("Handle", with: "ada")
        try await browser.fill("Password", with: BrowserSession.password)
        try await browser.press("Create account")
        try await browser.see("Create a token")
        #expect(try await browser.address == scene.registry.url + "/settings/tokens")
      }
    }

    @Test func `somebody is invited by somebody`() async throws {
      let scene = try await Scene.open(authors: [], settings: ["SIGN_UP": "invitation"])
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        try await browser.join(scene, as: "ada")
        try await browser.open("/settings")
        try await browser.press("Make a link")
        try await browser.see("It is shown this once")
        let link = try await browser.text(at: "#link")
        try await browser.deleteCookies()
        try await browser.open(link)
        try await browser.fill("Handle", with: "grace")
        try await browser.fill("Password", with: BrowserSession.password)
        try await browser.press("Create account")
        try await browser.see(that: "contains(., 'grace') and contains(., 'Sign out')")
      }
    }

    @Test func `a lost password is replaced by a link of the operator`() async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        try await browser.join(scene, as: "ada")
        try await browser.press("Sign out")
        try await browser.follow("Sign in")
        try await browser.see("Lost the password?")
        let address = String(scene.registry.url.dropFirst("http://".count))
        let reset = try await scene.administer(["account", "reset", "ada", "--listen", address])
        try await browser.open(reset.output.split(separator: "\n").joined())
        try await browser.see("Set a new password for ada")
        try await browser.fill("New password", with: "another horse battery")
        try await browser.press("Set the password")
        try await browser.see("Sign out")
        try await browser.press("Sign out")
        try await browser.follow("Sign in")
        try await browser.signIn(as: "ada", password: "another horse battery")
        try await browser.see("Sign out")
      }
    }
  }
}
