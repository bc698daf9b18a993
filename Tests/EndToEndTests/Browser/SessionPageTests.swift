import Testing

extension InBrowser {
  @Suite struct SessionPageTests {
    @Test(arguments: BrowserSession.Scripts.allCases)
    func `every browser that is signed in is listed, and any of them is signed out from another`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open(authors: [])
      let site = scene.registry.url
      try await BrowserSession.runQuietly(at: site, scripts: scripts) { here in
        try await here.join(scene, as: "ada")
        try await BrowserSession.runQuietly(at: site, scripts: scripts) { there in
          try await there.open("/login?next=/settings/sessions")
          try await there.signIn(as: "ada")
          try await there.see(that: "count(//tbody/tr) = 2 and contains(., 'this one')")
          try await here.open("/settings/sessions")
          let browser = try await here.text(at: "tbody tr:not(:has(.chip)) td:nth-child(1)")
          let address = try await here.text(at: "tbody tr:not(:has(.chip)) td:nth-child(2)")
          try await here.press(
            "End the session of \(browser) at \(address)", in: "//tbody/tr[not(contains(., 'this one'))]")
          try await here.see(that: "count(//tbody/tr) = 1 and contains(., 'this one')")
          try await there.open("/settings/sessions")
          try await there.see("Password")
        }
      }
    }
  }
}
