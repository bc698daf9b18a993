import Foundation
import TestSupport
import Testing

extension InBrowser {
  @Suite struct FirstAccountTests {
    /// The link that a registry without accounts writes to stderr.
    private func link(in file: String) async throws -> String {
      let deadline = ContinuousClock.now + .seconds(60)
      while ContinuousClock.now < deadline {
        let written = FileManager.default.contents(atPath: file) ?? Data()
        let text = String(decoding: written, as: UTF8.self)
        if let link = text.firstMatch(of: /http:\/\/[^ ]+\/link\/[0-9A-Za-z]+(?=\n)/) { return String(link.output) }
        try await Task.sleep(for: .milliseconds(5))
      }
      throw Registry.Failure("no link for the first account")
    }

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `the link that a fresh registry prints makes the first account, once`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let folder = try TemporaryFolder()
      let errors = folder["errors"].string
      let registry = try await Registry.start(
        data: folder["data"].string, wrapper: ["/bin/sh", "-c", #"exec "$@" 2>"$0""#, errors])
      let link = try await link(in: errors)
      try await BrowserSession.runQuietly(at: registry.url, scripts: scripts) { browser in
        try await browser.open(link)
        try await browser.fill("Handle", with: "ada")
        try await browser.fill("Password", with: "too short")
        try await browser.press("Make the account")
        try await browser.see("a password has at least 10 characters")
        #expect(try await browser.count("//*[@aria-invalid='true']") == 1)
        #expect(try await browser.value(of: "Handle") == "ada")
        #expect(try await browser.value(of: "Password").isEmpty)
        try await browser.fill("Password", with: BrowserSession.password)
        try await browser.press("Make the account")
        try await browser.see("ada")
        #expect(try await browser.address == registry.url + "/")
        try await browser.open(link)
        try await browser.see("the link was used")
      }
      await registry.stop()
      // Whoever starts it again gets no other link.
      let again = try await Registry.start(
        data: folder["data"].string, wrapper: ["/bin/sh", "-c", #"exec "$@" 2>"$0""#, errors])
      await again.stop()
      #expect(FileManager.default.contents(atPath: errors) == Data())
    }
  }
}
