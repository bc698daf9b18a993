import Testing

extension InBrowser {
  @Suite struct AgentFlowTests {
    /// An agent of ada's, made in the browser and connected by the command that its page shows.
    private func connect(in scene: Scene, _ browser: BrowserSession) async throws -> SlowAgent {
      try await browser.join(scene, as: "ada")
      try await browser.open("/settings/agents")
      try await browser.fill("Name", with: "Helper")
      try await browser.press("Create agent")
      try await browser.see("The agent is there. Connect it next.")
      let settings = try await browser.address.prefix { $0 != "?" }
      try await browser.press("Make a ticket")
      try await browser.see("It is shown this once")
      let command = try await browser.text(at: "#ticket")
      let link = try #require(command.firstMatch(of: #/--setup ([^ ]+) -- /#)?.output.1)
      let agent = try SlowAgent(["--setup", String(link)], in: scene, as: "machine")
      try await wait(for: "//h1//span[normalize-space() = 'online']", byReloading: String(settings), browser)
      #expect(try await !browser.source.contains("ct_"))
      return agent
    }

    /// Waits until something is true of a page that is opened again and again.
    private func wait(for condition: String, byReloading address: String, _ browser: BrowserSession) async throws {
      let deadline = ContinuousClock.now + .seconds(60)
      repeat {
        try await browser.open(address)
      } while try await browser.count("/html/body[\(condition)]") == 0 && ContinuousClock.now < deadline
      try await browser.see(that: condition)
    }

    /// Waits until something is true of a conversation: by itself where scripts run.
    private func wait(
      for condition: String, _ browser: BrowserSession, _ scripts: BrowserSession.Scripts
    ) async throws {
      switch scripts {
      case .on: try await browser.see(that: condition)
      case .off: try await wait(for: condition, byReloading: browser.address, browser)
      }
    }

    private static let firstHalf = "//div[contains(@class, 'answer')]//div[. = 'First half, ']"
    private static let whole = "//div[contains(@class, 'answer')]//div[. = 'First half, second half.']"

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `an answer comes piece by piece, and a reload in its middle loses no text`(
      scripts: BrowserSession.Scripts
    ) async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        let agent = try await connect(in: scene, browser)
        try await browser.open("/authors/ada/agents/helper")
        try await browser.follow("Chat in the browser")
        try await browser.fill("Message", with: "Look into it.")
        try await browser.press("Send")
        try await wait(for: Self.firstHalf, browser, scripts)
        let conversation = try await browser.address
        #expect(try await browser.count("//details[summary = 'Thinking' and contains(., 'Let me see.')]") == 1)
        #expect(try await browser.count("//details[summary = 'Tool: search' and contains(., 'found')]") == 1)
        #expect(try await browser.count("//details[@open]") == 0)
        try await browser.open(conversation)
        try await wait(for: Self.firstHalf, browser, scripts)
        try agent.answerTheRest()
        try await wait(for: "\(Self.whole) and not(//form[@class = 'stop'])", browser, scripts)
        try await browser.open(conversation)
        try await browser.see(that: Self.whole)
        #expect(try await browser.count("//details") == 2)
        try await browser.open("/settings/conversations")
        try await browser.follow("Look into it.")
        #expect(try await browser.address == conversation)
      }
    }

    @Test(arguments: BrowserSession.Scripts.allCases)
    func `an answer is stopped with a press`(scripts: BrowserSession.Scripts) async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url, scripts: scripts) { browser in
        let agent = try await connect(in: scene, browser)
        try await browser.open("/authors/ada/agents/helper/chat")
        try await browser.fill("Message", with: "Look into it.")
        try await browser.press("Send")
        try await wait(for: Self.firstHalf, browser, scripts)
        try await browser.press("Stop")
        try await wait(for: "//p[@class = 'fault'] and not(//form[@class = 'stop'])", browser, scripts)
        try await browser.see(that: Self.firstHalf)
        #expect(agent.isRunning)
      }
    }

    @Test(arguments: ["/authors/acme/agents/helper", "/agents"])
    func `whether an agent is online shows while somebody looks`(page: String) async throws {
      let scene = try await Scene.open(authors: ["acme"])
      let (id, first) = try await scene.publishedAgent("Helper")
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        func untilShown(_ presence: String) async throws {
          let deadline = ContinuousClock.now + .seconds(60)
          let chip = "//main//span[contains(@class, 'chip \(presence)') and . = '\(presence)']"
          while try await browser.count(chip) == 0, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(100))
          }
          #expect(try await browser.count(chip) == 1)
        }
        try await browser.open(page)
        try await untilShown("online")
        first.kill()
        try await untilShown("offline")
        let second = try SlowAgent(["--agent-id", id], in: scene, as: "acme")
        try await untilShown("online")
        #expect(second.isRunning)
      }
    }

    @Test func `an agent that is deleted goes offline, and its pages are gone`() async throws {
      let scene = try await Scene.open(authors: [])
      try await BrowserSession.runQuietly(at: scene.registry.url) { browser in
        let agent = try await connect(in: scene, browser)
        try await browser.press("Publish")
        try await browser.see("The agent is published.")
        try await browser.follow("Delete the agent")
        try await browser.fill("Type helper to confirm", with: "helper")
        try await browser.press("Delete the agent")
        try await browser.see("The agent is deleted.")
        let deadline = ContinuousClock.now + .seconds(60)
        while agent.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(50)) }
        #expect(!agent.isRunning)
        try await browser.open("/authors/ada/agents/helper")
        try await browser.see("There is no agent ada/helper")
      }
    }
  }
}
