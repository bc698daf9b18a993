import RegistryStore
import Skills
import Testing

/// How much one account may have of what others pay for.
@Suite struct QuotaTests {
  @Test func `an account follows so many authors, and the same one again is no more`() async throws {
    let people = try People()
    let ann = try await people.account("ann")
    let bob = try await people.account("bob")
    let eve = try await people.account("eve")
    #expect(try await people.accounts.subscribe(ann.id, toAuthor: bob.authorID, at: people.start))
    let last = Accounts.maximumSubscriptions
    try await people.execute(
      """
      WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(last))
      INSERT INTO authors (name, skeleton, created_at) SELECT 'x' || n, 'x' || n, 1 FROM numbers
      """)
    try await people.execute(
      """
      INSERT INTO subscriptions (account_id, author_id, created_at)
      SELECT \(ann.id), id, 1 FROM authors WHERE name LIKE 'x%'
      """)
    await #expect(throws: QuotaRefusal.subscriptions) {
      _ = try await people.accounts.subscribe(ann.id, toAuthor: eve.authorID, at: people.start)
    }
    #expect(try await people.accounts.subscribe(ann.id, toAuthor: bob.authorID, at: people.start))
    #expect(try await people.accounts.subscriptions(of: ann.id).count == Accounts.maximumSubscriptions)
  }

  @Test func `a session makes no more tokens than there may be`() async throws {
    let people = try People()
    let ann = try await people.account("ann")
    let new = NewToken(name: try DisplayName(parsing: "x"), scope: .everything, expiresAt: nil)
    let made = await people.successes(
      of: Accounts.maximumTokens + 5, failing: { $0 as? QuotaRefusal == .tokens },
      attempt: { _ in
        _ = try await people.accounts.createToken(new, for: ann.id, at: people.start)
        return true
      })
    #expect(made == Accounts.maximumTokens)
  }
}
