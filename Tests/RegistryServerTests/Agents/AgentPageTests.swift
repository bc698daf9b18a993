import Foundation
import RegistryAPI
import RegistryStore
import Skills
import Testing

@testable import RegistryServer

/// The directory of agents, their pages, and what their owners change there.
@Suite(.timeLimit(.minutes(10))) struct AgentPageTests {
  private static let password = "correct horse"

  private func browser(of handle: String, _ scene: AgentScene) async throws -> TestBrowser {
    var browser = TestBrowser(scene.server)
    let answer = try await browser.submit("/login", [("handle", handle), ("password", Self.password)])
    #expect(answer.status == 303)
    return browser
  }

  /// Without what differs from one request to the next.
  private func words(_ page: TestBrowser.Page) -> String { page.text.replacing(#/request [^<]*/#, with: "") }

  private static let fields = [
    ("name", "Code Reviewer"), ("description", "Reads code.\r\nSlowly."), ("agent_type", "exec"),
    ("capabilities", "review,  long  words ,"), ("hour", "5"), ("day", "0"), ("agents", "yes"),
  ]

  @Test func `an agent is made, changed, shared and deleted by its owner in a browser`() async throws {
    let scene = try await AgentScene()
    var ada = try await browser(of: "ada", scene)
    let wrong = try await ada.submit("/settings/agents", Self.fields.map { $0.0 == "hour" ? ($0.0, "many") : $0 })
    #expect(wrong.status == 422 && wrong.hasFault(beside: "hour") && wrong.text.contains("Code Reviewer"))
    let made = try await ada.submitAndFollow("/settings/agents", Self.fields)
    #expect(made.notice == Notice.agentCreated.text)
    let agents = try await scene.server.store.agents.own(by: scene.identity(scene.adaToken))
    let agent = try #require(agents.first)
    #expect(agent.slug == "code-reviewer" && agent.capabilities == ["review", "long words"])
    #expect(agent.description == "Reads code.\nSlowly." && agent.visibility == .private && !agent.isPublished)
    #expect(agent.limits == AgentLimitValues(maxCallsPerHour: 5, maxCallsPerUserPerDay: 0, allowA2A: true))
    let path = "/settings/agents/\(agent.id)"
    let change = Self.fields.map { $0.0 == "name" ? ($0.0, "Reader") : $0 } + [("public", "yes")]
    #expect(try await ada.submitAndFollow(path, change).notice == Notice.agentSaved.text)
    let offline = try await ada.submit("\(path)/publish", [])
    #expect(offline.status == 503 && offline.problem?.contains("not connected") == true)
    let unknown = try await ada.submit("\(path)/access", [("grantee", "nobody")])
    #expect(unknown.hasFault(beside: "grantee"))
    let shared = try await ada.submitAndFollow("\(path)/access", [("grantee", "bob")])
    #expect(shared.notice == Notice.agentShared.text && shared.actions.contains("\(path)/access/bob/revoke"))
    let taken = try await ada.submitAndFollow("\(path)/access/bob/revoke", [])
    #expect(taken.notice == Notice.agentUnshared.text && !taken.actions.contains("\(path)/access/bob/revoke"))
    #expect(try await ada.submit("\(path)/delete", [("confirmation", "Reader")]).hasFault(beside: "confirmation"))
    let deleted = try await ada.submitAndFollow("\(path)/delete", [("confirmation", "code-reviewer")])
    #expect(deleted.notice == Notice.agentDeleted.text && !deleted.text.contains("code-reviewer"))
    #expect(try await ada.get(path).status == 404)
  }

  @Test func `a ticket is shown once, is kept by nobody, and connects its agent`() async throws {
    let scene = try await AgentScene()
    var ada = try await browser(of: "ada", scene)
    let agent = try await scene.create("reviewer")
    let page = try await ada.submit("/settings/agents/\(agent.id)/ticket", [])
    #expect(page.status == 200 && page.headers["cache-control"] == "private, no-store")
    let command = #/agent-mesh connect exec --setup http:\/\/[^ ]*\/api\/connect\/(ct_[0-9A-Za-z]+) -- &lt;program&gt;/#
    let ticket = try #require(page.text.firstMatch(of: command)?.output.1)
    let settings = try await ada.get("/settings/agents/\(agent.id)")
    #expect(!settings.text.contains("ct_"))
    let redeemed = try await scene.server.send(.post, Route.ticketRedemption.path([String(ticket)]))
    #expect(redeemed.status == 200)
    #expect(try WireCoding.decode(ConnectTicketRedemption.self, from: redeemed.body).agentId == agent.id)
  }

  @Test func `a private agent is to strangers one that never was, on every page of it`() async throws {
    let scene = try await AgentScene()
    var (ada, bob) = try await (browser(of: "ada", scene), browser(of: "bob", scene))
    var stranger = TestBrowser(scene.server)
    let agent = try await scene.create("hidden")
    for page in ["", "/chat"] {
      #expect(try await ada.get("/authors/ada/agents/hidden\(page)").status == 200)
      let hidden = try await bob.get("/authors/ada/agents/hidden\(page)")
      let missing = try await bob.get("/authors/ada/agents/absent\(page)")
      #expect(hidden.status == 404 && words(hidden) == words(missing).replacing("absent", with: "hidden"))
    }
    #expect(try await stranger.get("/authors/ada/agents/hidden").status == 404)
    #expect(try await stranger.get("/agents/\(agent.id)").status == 404)
    let listed = try await ada.get("/agents")
    #expect(listed.links.contains("/authors/ada/agents/hidden"))
    for path in ["/agents", "/authors/ada", "/agents?q=hidden"] {
      #expect(try await bob.get(path).links.contains("/authors/ada/agents/hidden") == false)
    }
    let grant = try await ada.submit("/settings/agents/\(agent.id)/access", [("grantee", "bob")])
    #expect(grant.status == 303)
    #expect(try await bob.get("/authors/ada/agents/hidden").status == 200)
    #expect(try await bob.get("/settings/agents/\(agent.id)").status == 404)
  }

  @Test func `the page of an agent says what it can do and how it is called`() async throws {
    let scene = try await AgentScene()
    let agent = try await scene.published("reviewer")
    let id = try #require(AgentID(parsing: agent.id))
    let skill = CarriedSkillRecord(
      skill: try SkillName(parsing: "acme/sample"), version: try SemanticVersion(parsing: "1.0.0"),
      treeDigest: "t1:" + Data(repeating: 7, count: 32).base64EncodedString(), description: "Checks <b>.")
    try await scene.server.publish("sample")
    try await scene.server.store.agents.setSkills([skill], of: id)
    try await scene.task("r1", of: scene.bob, with: agent)
    var stranger = TestBrowser(scene.server)
    let page = try await stranger.get("/authors/ada/agents/reviewer")
    #expect(page.status == 200 && page.headers["cache-control"] == "private, no-store")
    #expect(page.text.contains("agent-mesh chat ada/reviewer") && page.text.contains("chip offline"))
    #expect(page.links.contains("/authors/acme/skills/sample/versions/1.0.0") && page.text.contains("&lt;b&gt;"))
    #expect(page.text.contains("1 call in 28 days") && page.text.matches(of: #/<rect /#).count == CallChart.days)
    #expect(!page.text.contains("style=") && !page.text.contains("{{"))
    #expect(!page.links.contains { $0.hasPrefix("/settings") })
    let link = try await stranger.get("/agents/\(agent.id.uppercased())")
    #expect(link.status == 303 && link.headers["location"] == "/authors/ada/agents/reviewer")
    for path in ["/", "/authors/ada"] {
      let links = try await stranger.get(path).links
      #expect(links.contains("/agents") || links.contains("/authors/ada/agents/reviewer"))
    }
  }

  private static let searches: [(query: String, finds: Bool)] = [
    ("q=review", true), ("q=REVIEW+ada", true), ("q=review+nothing", false), ("q=%25", false), ("q=_", false),
    ("online=true", false), ("skill=acme/none", false), ("from=50", false), ("", true),
  ]

  @Test(arguments: searches)
  func `the directory is searched by words, by skill and by who is there`(query: String, finds: Bool) async throws {
    let scene = try await AgentScene()
    _ = try await scene.published("reviewer")
    var browser = TestBrowser(scene.server)
    let page = try await browser.get("/agents?\(query)")
    #expect(page.status == 200)
    #expect(page.links.contains("/authors/ada/agents/reviewer") == finds)
    for input in page.text.matches(of: #/<input[^>]*>/#) where !input.output.contains("aria-label=") {
      let id = try #require(input.output.firstMatch(of: #/ id="([^"]*)"/#)?.output.1)
      #expect(page.text.contains("<label for=\"\(id)\">"))
    }
  }

  @Test(arguments: ["/agents?from=x", "/agents?from=-1", "/agents?skill=no-slash", "/settings/conversations?before=x"])
  func `a place that is none is refused by name`(path: String) async throws {
    let scene = try await AgentScene()
    var ada = try await browser(of: "ada", scene)
    #expect([400, 422].contains(try await ada.get(path).status))
  }

  @Test func `an owner sees who called, and a caller only their own conversations`() async throws {
    let scene = try await AgentScene()
    var (ada, bob) = try await (browser(of: "ada", scene), browser(of: "bob", scene))
    let agent = try await scene.published("reviewer")
    try await scene.task("r1", of: scene.bob, with: agent)
    let calls = try await ada.get("/settings/agents/\(agent.id)/calls")
    #expect(calls.status == 200 && calls.text.contains("bob"))
    #expect(try await bob.get("/settings/agents/\(agent.id)/calls").status == 404)
    #expect(try await bob.get("/settings/conversations").text.contains("agent-mesh chat"))
  }
}
