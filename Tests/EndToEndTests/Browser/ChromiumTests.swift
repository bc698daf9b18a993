import TestSupport
import Testing

extension InBrowser {
  /// Whether the browser tells what the other tests rely on.
  @Suite struct ChromiumTests {
    private static let page = """
      <!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><main><h1>Still</h1>
      <img src="https://elsewhere.example/i.png" alt=""><input>
      <script>
      document.querySelector("h1").textContent = "Moving";
      console.error("broken");
      setTimeout(() => alert("hello"), 0);
      </script></main></html>
      """

    private static let form = """
      <!doctype html><html lang="en"><title>Form</title><link rel="icon" href="data:,"><main><h1>Form</h1><input></main>
      """

    private func server() -> TestServer {
      let pages = ["/page": Self.page, "/form": Self.form]
      return TestServer { request, connection in
        try connection.reply(200, headers: ["Content-Type: text/html"], pages[request.target] ?? "")
      }
    }

    @Test func `errors, dialogs and requests to others do not go unseen`() async throws {
      let server = server()
      try await BrowserSession.run(at: "http://127.0.0.1:\(server.port)") { browser in
        try await browser.open("/page")
        // A dialog opens a moment after the page is there; until it is closed the browser does nothing else.
        let log = try await browser.log()
        var dialogs = log.dialogs
        let deadline = ContinuousClock.now + .seconds(60)
        while dialogs.isEmpty, ContinuousClock.now < deadline { dialogs += try await browser.log().dialogs }
        #expect(dialogs == ["hello"])
        try await browser.send(.post, "/alert/accept", [:])
        #expect(try await browser.text(at: "h1") == "Moving")
        #expect(log.consoleErrors.contains { $0.contains("broken") }, "\(log.consoleErrors)")
        #expect(log.requests.contains("https://elsewhere.example/i.png"))
        #expect(log.statuses["\(browser.site)/page"] == 200)
      }
    }

    @Test func `scripts of a page are off where a test says so`() async throws {
      let server = server()
      try await BrowserSession.run(at: "http://127.0.0.1:\(server.port)", scripts: .off) { browser in
        try await browser.open("/page")
        #expect(try await browser.text(at: "h1") == "Still")
        #expect(try await browser.log().dialogs == [])
      }
    }

    @Test(.enabled(if: Axe.isThere, "axe is not there; Scripts/test fetches it"))
    func `a field without a label is a violation of the rules for accessible pages`() async throws {
      let server = server()
      try await BrowserSession.run(at: "http://127.0.0.1:\(server.port)") { browser in
        try await browser.open("/form")
        let violations = try await browser.accessibilityViolations()
        #expect(violations.contains { $0.hasPrefix("label:") }, "\(violations)")
      }
    }
  }
}
