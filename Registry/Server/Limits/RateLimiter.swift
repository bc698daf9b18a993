import Foundation
import RegistryAPI
import RegistryStore
import Synchronization

/// Counts requests of each class by address and by author.
///
/// Those that guard a secret are counted in the database before they are answered; the others in memory, from where they
/// are saved every second.
final class RateLimiter: Sendable {
  private struct State: Sendable {
    var buckets: [RateBucket.Key: RateBucket] = [:]
    var changed: Set<RateBucket.Key> = []
  }

  private let state = Mutex(State())
  private let accounts: Accounts
  private let rates: [RateClass: Rate]
  private let now: @Sendable () -> Date

  init(accounts: Accounts, rates: [RateClass: Rate], now: @escaping @Sendable () -> Date) {
    self.accounts = accounts
    self.rates = rates
    self.now = now
  }

  /// - Throws: `RateRefusal`.
  func take(_ kind: RateClass, from address: IPAddress?) async throws {
    guard let address else { return }
    // Behind a proxy that the configuration does not name everybody comes from here.
    if address.isLoopback, !kind.isGuarded { return }
    try await take(kind, by: "address " + NetworkOrigin(address).text)
  }

  /// - Throws: `RateRefusal`.
  func take(_ kind: RateClass, byAuthor id: Int64?) async throws {
    if let id { try await take(kind, by: "author \(id)") }
  }

  /// - Throws: `RateRefusal`.
  func take(_ kind: RateClass, by subject: String) async throws {
    guard let limit = rates[kind]?.limit else { return }
    let key = RateBucket.Key(kind.rawValue, of: subject)
    let time = now()
    if kind.isGuarded { return try await accounts.take(key, of: limit, at: time) }
    try state.withLock { state throws(RateRefusal) in
      var bucket = state.buckets[key] ?? RateBucket(key)
      try bucket.take(limit, at: time)
      state.buckets[key] = bucket
      state.changed.insert(key)
    }
  }

  /// Takes over what was saved.
  func load() async throws {
    let saved = try await accounts.rateBuckets(at: now())
    state.withLock { state in
      for bucket in saved where state.buckets[bucket.key] == nil { state.buckets[bucket.key] = bucket }
    }
  }

  /// Saves what has changed, and forgets what is full again.
  func save() async throws {
    let time = now()
    let changed = state.withLock { state in
      let changed = state.changed.compactMap { state.buckets[$0] }
      state.changed = []
      state.buckets = state.buckets.filter { $0.value.fullAt > time }
      return changed
    }
    if !changed.isEmpty { try await accounts.save(changed) }
  }
}
