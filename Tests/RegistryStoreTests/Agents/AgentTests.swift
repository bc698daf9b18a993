import Foundation
import RegistryStore
import Skills
import Testing

@Suite struct AgentTests {
  private let people: People

  init() throws {
    people = try People()
  }

  @Test func `a slug follows from the name, stays with the agent, and is free again once that is deleted`() async throws
  {
    let ann = try await people.identity(people.account("ann"))
    let first = try await people.agent("Code  Reviewer!", by: ann)
    #expect(first.slug == "code-reviewer")
    #expect(try await people.agent("code reviewer", by: ann).slug == "code-reviewer-2")
    #expect(try await people.agent("校閲", by: ann).slug == "agent")
    let long = String(repeating: "ab ", count: 26)
    let slugs = try await [people.agent(long, by: ann).slug, people.agent(long, by: ann).slug]
    #expect(slugs.allSatisfy { (try? SkillSlug(parsing: $0)) != nil } && slugs[0] != slugs[1])
    let renamed = try await people.agents.update(first.id, AgentUpdate(name: "Other"), by: ann, at: people.start)
    #expect(renamed?.slug == "code-reviewer" && renamed?.name == "Other")
    #expect(try await people.agents.delete(first.id, by: ann, at: people.start))
    #expect(try await !people.agents.delete(first.id, by: ann, at: people.start))
    let second = try await people.agent("Code Reviewer", by: ann)
    #expect(second.slug == "code-reviewer" && second.id != first.id)
    let bob = try await people.identity(people.account("bob"))
    #expect(try await people.agent("Code Reviewer", by: bob).slug == "code-reviewer")
  }

  @Test func `of many who make an agent of one name at once, each gets a slug of its own`() async throws {
    let people = people
    let ann = try await people.identity(people.account("ann"))
    let count = await people.successes(
      of: 20, failing: { _ in false },
      attempt: { _ in
        try await people.agent("Twin", by: ann)
        return true
      })
    #expect(count == 20)
    #expect(try await Set(people.agents.own(by: ann).map(\.slug)).count == 20)
  }

  @Test(
    arguments: [
      ("", nil, "exec", [], "name"), (String(repeating: "x", count: 81), nil, "exec", [], "80"),
      ("a\u{202E}b", nil, "exec", [], "invisible"), ("a", String(repeating: "x", count: 2_001), "exec", [], "2000"),
      ("a", nil, "Exec", [], "type"), ("a", nil, "exec", [String](repeating: "x", count: 51), "50"),
      ("a", nil, "exec", [String(repeating: "x", count: 65)], "64"), ("a", nil, "exec", [""], "capability"),
    ] as [(String, String?, String, [String], String)])
  func `what breaks a rule is refused by name`(
    name: String, description: String?, type: String, capabilities: [String], word: String
  ) {
    let error = #expect(throws: MeshError.self) {
      _ = try NewAgent(name: name, description: description, agentType: type, capabilities: capabilities)
    }
    #expect(error?.code == .validationError)
    #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
  }

  @Test func `a change says what changes, and the rest stays`() async throws {
    let ann = try await people.identity(people.account("ann"))
    let agent = try await people.agent("bot", by: ann, capabilities: ["b", "a", "b"])
    #expect(agent.capabilities == ["b", "a"] && agent.updatedAt == nil && !agent.isPublished)
    let limits = AgentLimitValues(maxCallsPerHour: 0, maxCallsPerUserPerDay: 7, allowA2A: false)
    let change = try AgentUpdate(description: "Helps.\nA lot.", visibility: .public, limits: limits)
    let changed = try #require(try await people.agents.update(agent.id, change, by: ann, at: people.start))
    let read = try #require(try await people.agents.owned(agent.id, by: ann))
    for now in [changed, read] {
      #expect(now.description == "Helps.\nA lot." && now.visibility == .public && now.limits == limits)
      #expect(now.name == "bot" && now.capabilities == ["b", "a"] && now.updatedAt == people.start)
    }
    let cleared = try await people.agents.update(
      agent.id, AgentUpdate(description: "", capabilities: []), by: ann, at: people.start)
    #expect(cleared?.description == nil && cleared?.capabilities == [])
    let bob = try await people.identity(people.account("bob"))
    #expect(try await people.agents.update(agent.id, AgentUpdate(name: "x"), by: bob, at: people.start) == nil)
    #expect(try await people.agents.owned(agent.id, by: bob) == nil)
  }

  @Test func `an author has so many agents`() async throws {
    let ann = try await people.identity(people.account("ann"))
    try await people.agent("kept", by: ann)
    try await people.execute(
      """
      WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(Agents.maximumAgents))
      INSERT INTO agents (uid, author_id, slug, name, agent_type, is_private, is_published, max_calls_per_hour,
        max_calls_per_user_per_day, allow_a2a, created_at)
      SELECT 'u' || n, \(ann.authorID), 's' || n, 'x', 'exec', 1, 0, 1, 1, 1, 1 FROM numbers
      """)
    await #expect(throws: QuotaRefusal.agents) { try await people.agent("late", by: ann) }
  }

  @Test func `a rating replaces that of the same call and account, and the average follows`() async throws {
    let (ann, bob) = try await (people.account("ann"), people.account("bob"))
    let (holder, agents, start) = (try await people.identity(ann), people.agents, people.start)
    let agent = try await people.agent("bot", by: holder)
    for (call, account, rating) in [("1", ann, 5), ("2", ann, 2), ("1", ann, 4), ("1", bob, 3)] {
      try await agents.rate(agent.id, call: call, by: account.id, rating: rating, at: start)
    }
    let rated = try #require(try await agents.owned(agent.id, by: holder))
    #expect(rated.ratingCount == 3 && rated.averageRating == 3)
    for rating in [0, 6] {
      await #expect(throws: MeshError.self) {
        try await agents.rate(agent.id, call: "1", by: ann.id, rating: rating, at: start)
      }
    }
    try await people.accounts.delete(bob.id, at: start)
    #expect(try await people.rows("SELECT account_id FROM agent_ratings").count == 2)
    #expect(try await agents.owned(agent.id, by: holder)?.ratingCount == 3)
  }

  @Test func `each of many connections at once has a number of its own`() async throws {
    let (people, agents) = (people, people.agents)
    let agent = try await people.agent("bot", by: people.identity(people.account("ann")))
    let numbers: [Int] = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<20 { group.addTask { try await agents.nextGeneration(of: agent.id) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(numbers.sorted() == Array(1...20))
    await #expect(throws: AgentRefusal.self) { _ = try await agents.nextGeneration(of: AgentID()) }
  }
}
