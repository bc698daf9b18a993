import Foundation
import RegistryStore
import Skills
import TestSupport
import Testing

@Suite struct RateBucketTests {
  private let people: People
  private let key = RateBucket.Key("login", of: "192.0.2.1")
  private let limit = RateLimit(burst: 3, interval: 10)

  init() throws {
    people = try People()
  }

  @Test func `a limit lets a few through at once, then one each interval, in memory as in the database`() async throws {
    var bucket = RateBucket(key)
    // Seconds after the start, and what is to be waited; nil where it can be done.
    let steps: [(Double, Int?)] = [
      (0, nil), (0, nil), (0, nil), (0, 10), (4, 6), (9.5, 1), (10, nil), (10, 10), (30, nil), (30, nil), (30, 10),
      (1_000, nil), (1_000, nil), (1_000, nil), (1_000, 10),
    ]
    for (seconds, wait) in steps {
      let time = people.start.addingTimeInterval(seconds)
      var refusals: [Int?] = [nil, nil]
      do { try bucket.take(limit, at: time) } catch { refusals[0] = error.retryAfter }
      do {
        try await people.accounts.take(key, of: limit, at: time)
      } catch let refusal as RateRefusal {
        refusals[1] = refusal.retryAfter
      }
      #expect(refusals == [wait, wait], "after \(seconds) s")
    }
    #expect(try await people.accounts.rateBuckets(at: people.start) == [bucket])
  }

  @Test func `of many at once only as many get through as the limit says, also after a new start`() async throws {
    let (people, limit, key) = (people, limit, key)
    let count = await people.successes(
      of: 30, failing: { $0 is RateRefusal },
      attempt: { _ in
        try await people.accounts.take(key, of: limit, at: people.start)
        return true
      })
    #expect(count == 3)
    try people.store.close()
    let again = try RegistryStore(folder: people.data)
    await #expect(throws: RateRefusal.self) { try await again.accounts.take(key, of: limit, at: people.start) }
    try await again.accounts.take(RateBucket.Key("login", of: "192.0.2.2"), of: limit, at: people.start)
  }

  @Test func `what is given back can be used once more, and what is full stays full`() async throws {
    let accounts = people.accounts
    try await accounts.giveBack(key, of: limit)
    for _ in 0..<3 { try await accounts.take(key, of: limit, at: people.start) }
    await #expect(throws: RateRefusal.self) { try await accounts.take(key, of: limit, at: people.start) }
    try await accounts.giveBack(key, of: limit)
    try await accounts.take(key, of: limit, at: people.start)
    await #expect(throws: RateRefusal.self) { try await accounts.take(key, of: limit, at: people.start) }
    let later = people.start.addingTimeInterval(1_000)
    for _ in 0..<2 { try await accounts.giveBack(key, of: limit) }
    for _ in 0..<3 { try await accounts.take(key, of: limit, at: later) }
    await #expect(throws: RateRefusal.self) { try await accounts.take(key, of: limit, at: later) }
  }

  @Test func `what was counted in memory is kept, and takes nothing back`() async throws {
    var (little, much) = (RateBucket(key), RateBucket(key))
    try little.take(limit, at: people.start)
    for _ in 0..<3 { try much.take(limit, at: people.start) }
    for bucket in [much, little] { try await people.accounts.save([bucket]) }
    #expect(try await people.accounts.rateBuckets(at: people.start) == [much])
    try await people.accounts.removeExpired(at: people.start.addingTimeInterval(30))
    #expect(try await people.rows("SELECT full_at FROM rate_buckets").isEmpty)
  }
}
