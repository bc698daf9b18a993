import Testing

extension InBrowser {
  @Suite struct OrganisationFlowTests {
    /// An organisation `circle` that Ada owns, with Bob as a publisher and Eve as a reader.
    private func makeCircle(in scene: Scene, _ browser: BrowserSession) async throws {
      for handle in ["bob", "eve", "ada"] {
        try await browser.join(scene, as: handle)
        if handle != "ada" { try await browser.deleteCookies() }
      }
      try await browser.open("/settings/organisations")
      try await browser.fill("Name", with: "circle")
      try await browser.press("Create organisation")
      try await browser.fill("Handle", with: "bob")
      try await browser.choose("publisher: also publishes", for: "Role")
      try await browser.press("Add the member")
      try await browser.see(that: "//tbody/tr[contains(., 'bob')]")
      try await browser.fill("Handle", with: "eve")
      try await browser.choose("reader: reads private skills", for: "Role")
      try await browser.press("Add the member")
      try await browser.see(that: "count(//tbody/tr) = 3")
    }

    private func become(_ handle: String, in browser: BrowserSession) async throws {
      try await browser.deleteCookies()
      try await browser.open("/login")
      try await browser.signIn(as: handle)
      try await browser.see("Sign out")
    }

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `an owner gives and takes roles, others see them, and the last owner stays`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        try await makeCircle(in: scene, browser)
        try await browser.fill("Handle", with: "nobody")
        try await browser.press("Add the member")
        try await browser.see(that: "//*[@id='handle-fault']")
        #expect(try await browser.value(of: "Handle") == "nobody")
        try await browser.open("/settings/organisations")
        try await browser.press("Leave circle")
        try await browser.see("would be left without an owner")

        for (handle, role) in [("bob", "publisher"), ("eve", "reader")] {
          try await become(handle, in: browser)
          try await browser.open("/settings/organisations")
          try await browser.follow("circle")
          try await browser.see(that: "//tbody/tr[contains(., '\(handle)') and contains(., '\(role)')]")
          #expect(try await browser.count("//main//select") == 0)
          #expect(try await browser.count("//main//button") == 0)
        }

        try await become("ada", in: browser)
        try await browser.open("/settings/organisations/circle")
        try await browser.choose("owner: also changes members and names", for: "Role of eve")
        try await browser.press("Change the role of eve")
        try await browser.see(that: "//select[@aria-label='Role of eve']/option[@selected and @value='owner']")
        try await become("eve", in: browser)
        try await browser.open("/settings/organisations/circle")
        try await browser.press("Remove bob")
        try await browser.see(that: "count(//tbody/tr) = 2 and not(//tbody/tr[contains(., 'bob')])")
        try await browser.press("Remove ada")
        try await browser.see(that: "count(//tbody/tr) = 1")
        try await become("ada", in: browser)
        try await browser.open("/settings/organisations/circle")
        try await browser.see("You are no member of circle")
      }
    }

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `an organisation goes to somebody else once they accept, and not before`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        try await makeCircle(in: scene, browser)
        for answer in ["Decline circle", "Accept circle"] {
          try await browser.open("/settings/organisations/circle")
          try await browser.fill("Handle of the new owner", with: "eve")
          try await browser.press("Offer the organisation")
          try await browser.see(that: "//button[. = 'Withdraw the offer']")
          try await become("eve", in: browser)
          try await browser.open("/settings/organisations")
          try await browser.see(that: "//tbody/tr[contains(., 'circle') and contains(., 'reader')]")
          try await browser.press(answer)
          try await browser.see(that: "contains(., 'Organisations') and not(//button[@aria-label='\(answer)'])")
          try await become("ada", in: browser)
        }
        try await browser.open("/settings/organisations")
        try await browser.see(that: "contains(., 'Create an organisation') and not(//tbody/tr[contains(., 'circle')])")
        try await become("bob", in: browser)
        try await browser.open("/settings/organisations/circle")
        try await browser.see("You are no member of circle")
        try await become("eve", in: browser)
        try await browser.open("/settings/organisations/circle")
        try await browser.see(that: "count(//tbody/tr) = 1 and //select[@aria-label='Role of eve']")
      }
    }

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `a new handle takes what was published along, and old links lead to it`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open()
      let published = try await scene.agentMesh(["skills", "publish", scene.skill("sample")])
      try #require(published.status == 0, "\(published.errors)")
      let site = scene.registry.url
      try await BrowserSession.runQuietly(at: site, scripts: scripts) { browser in
        try await browser.join(scene, as: "acme")
        try await browser.open("/settings")
        try await browser.fill("Handle", with: "login")
        try await browser.press("Change the handle")
        try await browser.see(that: "//*[@id='handle-fault']")
        try await browser.fill("Handle", with: "zenith")
        try await browser.press("Change the handle")
        try await browser.see(that: "//header//a[. = 'zenith']")
        for path in ["", "/skills/sample"] {
          try await browser.open("/authors/acme\(path)")
          try await browser.see("zenith/sample")
          #expect(try await browser.address == "\(site)/authors/zenith\(path)")
        }
        try await browser.deleteCookies()
        try await browser.open("/login")
        try await browser.signIn(as: "acme")
        try await browser.see("the password is wrong")
        try await browser.signIn(as: "zenith")
        try await browser.see("Sign out")
      }
    }
  }
}
