import Testing

/// The address that everybody sees, beside the one that is for its owner alone.
@Suite struct PublicEmailTests {
  @Test func `an address is shown to everybody once its owner says so, and until they take it back`() async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    var stranger = TestBrowser(server)
    let own = ("email", "own@example.org")
    _ = try await ada.submit("/settings", [own, ("public_email", "all@example.org")])
    let page = try await stranger.get("/authors/ada").text
    #expect(page.contains("all@example.org") && !page.contains("own@example.org"))
    #expect(try await ada.get("/settings").text.contains("value=\"all@example.org\""))
    _ = try await ada.submit("/settings", [own, ("public_email", "")])
    #expect(try await !stranger.get("/authors/ada").text.contains("@example.org"))
    #expect(try await ada.get("/settings").text.contains("value=\"own@example.org\""))
  }

  @Test func `what is no address is refused beside its field`() async throws {
    let server = try await TestServer.start()
    var ada = try await server.browser(of: "ada")
    let page = try await ada.submit("/settings", [("email", "own@example.org"), ("public_email", "nowhere")])
    #expect(page.status == 422)
    #expect(page.hasFault(beside: "public_email") && !page.hasFault(beside: "email"))
  }
}
