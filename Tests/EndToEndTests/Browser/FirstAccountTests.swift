import Testing

extension InBrowser {
  @Suite struct FirstAccountTests {
    @Test(arguments: BrowserSession.Scripts.allCases)
    func `the link that a fresh registry prints makes the first account, once`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let registry = try await FreshRegistry.start()
      let link = try await registry.firstLink()
      try await BrowserSession.runQuietly(at: registry.url, scripts: scripts) { browser in
        try await browser.open(link)
        try await browser.fill("Handle", with: "ada")
        try await browser.fill("Password", with: "too short")
        try await browser.press("Create account")
        try await browser.see("a password has at least 10 characters")
        #expect(try await browser.count("//*[@aria-invalid='true']") == 1)
        #expect(try await browser.value(of: "Handle") == "ada")
        #expect(try await browser.value(of: "Password").isEmpty)
        try await browser.fill("Password", with: BrowserSession.password)
        try await browser.press("Create account")
        try await browser.see("ada")
        #expect(try await browser.address == registry.url + "/")
        try await browser.open(link)
        try await browser.see("The link was used")
      }
      // Whoever starts it again gets no other link.
      let again = try await registry.restarted()
      await again.registry.stop()
      #expect(try again.errors.isEmpty)
    }
  }
}
