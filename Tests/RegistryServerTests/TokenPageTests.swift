import RegistryAPI
import Testing

/// What the page of tokens says that each is for.
@Suite struct TokenPageTests {
  private func form(_ rights: [String], skills: String, agents: String = "*") -> [(String, String)] {
    [("name", "CI"), ("days", "30"), ("skills", skills), ("agents", agents)] + rights.map { ("right", $0) }
  }

  @Test func `a token is listed with the skills and the agents that it is for`() async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    let forms = [
      form(["yank"], skills: "ada/tool-*, acme/x", agents: "ada/idle"),
      form(["call"], skills: "*", agents: "ada/helper"),
    ]
    for form in forms { #expect(try await browser.submit("/settings/tokens", form).status == 200) }
    let list = try await browser.get("/settings/tokens").text
    #expect(list.contains("for ada/tool-*, acme/x<") && list.contains("for *, agents ada/helper<"), "\(list)")
    #expect(!list.contains("ada/idle"))
  }

  @Test(arguments: ["skills", "agents"])
  func `a token has so many patterns and no more`(field: String) async throws {
    let server = try await TestServer.start()
    var browser = try await server.browser(of: "ada")
    func submit(_ count: Int) async throws -> TestBrowser.Page {
      let patterns = (0..<count).map { "ada/x\($0)" }.joined(separator: " ")
      let isAgents = field == "agents"
      let form = form(["call"], skills: isAgents ? "*" : patterns, agents: isAgents ? patterns : "*")
      return try await browser.submit("/settings/tokens", form)
    }
    let refused = try await submit(TokenRequest.maximumPatterns + 1)
    #expect(refused.status == 422 && refused.hasFault(beside: field))
    #expect(try await submit(TokenRequest.maximumPatterns).status == 200)
  }
}
