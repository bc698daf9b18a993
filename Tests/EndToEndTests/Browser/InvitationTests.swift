import Testing

extension InBrowser {
  @Suite struct InvitationTests {
    @Test(arguments: BrowserSession.Scripts.allCases)
    func `an invitation makes the account that it is for, and signs in`(scripts: BrowserSession.Scripts) async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        try await browser.open("/signup")
        try await browser.see("No accounts are made here")
        try await browser.open(scene.invitation(for: "newcomer"))
        try await browser.see("Create your account")
        #expect(try await browser.count("//input[@name='handle']") == 0)
        try await browser.fill("Password", with: BrowserSession.password)
        try await browser.press("Create account")
        try await browser.see("newcomer")
        #expect(try await browser.address == scene.registry.url + "/")
        try await browser.press("Sign out")
        try await browser.follow("Sign in")
        try await browser.signIn(as: "newcomer", password: "not the right one")
        try await browser.see("There is no such account, or the password is wrong")
        #expect(try await browser.value(of: "Handle") == "newcomer")
        try await browser.signIn(as: "newcomer")
        try await browser.see("Sign out")
        let taken = try await scene.administer(["account", "invite", "newcomer"])
        #expect(taken.status == 1)
      }
    }

    @Test func `a name that is taken is said beside its field, and the link stays good`() async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        try await browser.join(scene, as: "ada")
        try await browser.deleteCookies()
        try await browser.open(scene.invitation())
        try await browser.fill("Handle", with: "ada")
        try await browser.fill("Password", with: BrowserSession.password)
        try await browser.press("Create account")
        try await browser.see(that: "//*[@id='handle-fault']")
        try await browser.fill("Handle", with: "grace")
        try await browser.fill("Password", with: BrowserSession.password)
        try await browser.press("Create account")
        try await browser.see("Sign out")
      }
    }
  }
}
