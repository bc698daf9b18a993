import Foundation
import RegistryAPI
import RegistryStore
import TestSupport
import Testing

@testable import RegistryServer

/// How much one client may ask, in memory and in the database.
@Suite struct RateLimiterTests {
  private let folder: TemporaryFolder
  private let store: RegistryStore
  private let clock = TestClock()

  init() throws {
    folder = try TemporaryFolder()
    store = try RegistryStore(folder: folder.path.appending("data"))
    // Whole seconds, which no sum rounds.
    clock.stop(at: Date(timeIntervalSince1970: 1_800_000_000))
  }

  private func limiter(_ rate: Rate, capacity: Int = RateLimiter.standardCapacity) -> RateLimiter {
    let clock = clock
    let rates = Dictionary(uniqueKeysWithValues: RateClass.allCases.map { ($0, rate) })
    return RateLimiter(accounts: store.accounts, rates: rates, capacity: capacity, now: { clock.now })
  }

  /// Seconds to wait; nil where the request is let through.
  private func wait(_ limiter: RateLimiter, _ kind: RateClass, from address: String) async throws -> Int? {
    do {
      try await limiter.take(kind, from: IPAddress(address))
      return nil
    } catch let refusal as RateRefusal {
      return refusal.retryAfter
    }
  }

  @Test(arguments: [RateClass.read, .signIn], [Rate(3, perSeconds: 3_600), Rate(7, perSeconds: 3_600)])
  func `as many get through as the rate says, and the next one exactly when it was told`(
    kind: RateClass, rate: Rate
  ) async throws {
    let limiter = limiter(rate)
    for _ in 0..<rate.count { #expect(try await wait(limiter, kind, from: "192.0.2.1") == nil) }
    let seconds = try #require(try await wait(limiter, kind, from: "192.0.2.1"))
    clock.advance(Double(seconds) - 1)
    #expect(try await wait(limiter, kind, from: "192.0.2.1") == 1)
    clock.advance(1)
    #expect(try await wait(limiter, kind, from: "192.0.2.1") == nil)
    #expect(try await wait(limiter, kind, from: "192.0.2.1") != nil)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1", "::ffff:192.0.2.1", true),
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true), ("2001:db8:1:2::1", "2001:db8:1:3::1", false),
    ("::1", "::2", false),
  ])
  func `an address is a client, and of IPv6 the network that one customer has`(
    first: String, second: String, areOne: Bool
  ) async throws {
    let limiter = limiter(Rate(1, perSeconds: 3_600))
    #expect(try await wait(limiter, .signIn, from: first) == nil)
    let isRefused = try await wait(limiter, .signIn, from: second) != nil
    #expect(isRefused == areOne)
  }

  @Test(arguments: RateClass.allCases)
  func `of this machine only what guards a secret is counted`(kind: RateClass) async throws {
    let limiter = limiter(Rate(1, perSeconds: 3_600))
    for address in ["127.0.0.1", "::1"] {
      #expect(try await wait(limiter, kind, from: address) == nil)
      let isRefused = try await wait(limiter, kind, from: address) != nil
      #expect(isRefused == kind.isGuarded)
    }
  }

  @Test(arguments: RateClass.allCases)
  func `a new start forgets nothing that was saved, and a guarded request is saved at once`(
    kind: RateClass
  ) async throws {
    let before = limiter(Rate(2, perSeconds: 3_600))
    for _ in 0..<2 { #expect(try await wait(before, kind, from: "192.0.2.1") == nil) }
    if !kind.isGuarded { try await before.save() }
    let after = limiter(Rate(2, perSeconds: 3_600))
    // What comes before everything is read takes nothing back.
    let early = try await wait(after, kind, from: "192.0.2.1")
    #expect(early == nil || kind.isGuarded)
    try await after.load()
    #expect(try await wait(after, kind, from: "192.0.2.1") != nil)
  }

  @Test func `however many clients there are, memory is bounded, and who asked the most is remembered`() async throws {
    let limiter = limiter(Rate(2, perSeconds: 3_600), capacity: 10)
    for _ in 0..<2 { #expect(try await wait(limiter, .read, from: "192.0.2.1") == nil) }
    for number in 0..<250 {
      #expect(try await wait(limiter, .read, from: "198.51.100.\(number)") == nil)
      #expect(limiter.count <= 10)
    }
    #expect(try await wait(limiter, .read, from: "192.0.2.1") != nil)
    try await limiter.save()
    clock.advance(3_600)
    try await limiter.save()
    #expect(limiter.count == 0)
  }

  @Test func `what is full again is forgotten once a minute, not at every save`() async throws {
    let limiter = limiter(Rate(1, perSeconds: 10))
    try await limiter.save()
    #expect(try await wait(limiter, .read, from: "192.0.2.1") == nil)
    for (seconds, count) in [(11.0, 1), (48, 1), (1, 0)] {
      clock.advance(seconds)
      try await limiter.save()
      #expect(limiter.count == count)
    }
  }
}
