import Testing

@testable import RegistryServer

/// Following authors in a browser.
@Suite struct SubscriptionPageTests {
  @Test func `an author is followed on its page, and no longer from there or from the list`() async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    #expect(try await ada.get("/settings/subscriptions").text.contains("agent-mesh subscribe"))
    for fromList in [false, true] {
      #expect(try await ada.get("/authors/acme").actions.contains("/authors/acme/follow"))
      let followed = try await ada.submitAndFollow("/authors/acme/follow", [])
      #expect(followed.notice == Notice.followed.text)
      #expect(followed.actions.contains("/authors/acme/unfollow"))
      let list = try await ada.get("/settings/subscriptions")
      #expect(list.links.contains("/authors/acme") && list.actions.contains("/authors/acme/unfollow"))
      let fields: [(String, String)] = fromList ? [("next", "/settings/subscriptions")] : []
      let unfollowed = try await ada.submitAndFollow("/authors/acme/unfollow", fields)
      #expect(unfollowed.notice == Notice.unfollowed.text)
      #expect(unfollowed.actions.contains("/authors/acme/follow") == !fromList)
      #expect(try await ada.get("/settings/subscriptions").links.contains("/authors/acme") == false)
    }
  }

  @Test func `a button leads nowhere but to its own pages`() async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    for next in ["//evil.example", "https://evil.example/", "/logout", ""] {
      let answer = try await ada.submit("/authors/acme/follow", [("next", next)])
      #expect(answer.status == 303)
      #expect(answer.headers["location"]?.hasPrefix("/authors/acme?") == true)
    }
  }

  @Test func `nobody follows oneself, an author that is not there, or without an account`() async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    var stranger = TestBrowser(server)
    #expect(try await ada.get("/authors/ada").actions.allSatisfy { !$0.hasSuffix("/follow") })
    #expect(try await stranger.get("/authors/acme").actions.allSatisfy { !$0.hasSuffix("/follow") })
    #expect(try await ada.submit("/authors/nobody/follow", []).status == 404)
    _ = try await ada.submit("/settings/handle", [("handle", "countess")])
    #expect(try await ada.submit("/authors/ada/follow", []).status == 404)
    #expect(try await ada.get("/settings/subscriptions").links.allSatisfy { !$0.hasPrefix("/authors/a") })
  }
}
