import Foundation
import RegistryAPI
import RegistryStore
import Synchronization

/// Counts requests of each class by address and by author.
///
/// Those that guard a secret are counted in the database before they are answered; the others in memory, from where they
/// are saved every second.
final class RateLimiter: Sendable {
  fileprivate struct State: Sendable {
    var buckets: [RateBucket.Key: RateBucket] = [:]
    var changed: Set<RateBucket.Key> = []
    var cleanedAt = Date.distantPast
  }

  /// Buckets that are in memory at most, of some hundred bytes each.
  static let standardCapacity = 100_000
  /// Buckets that are saved in one transaction, so that others get their turn.
  private static let batch = 1_000
  /// Seconds between two times that all buckets are gone through.
  private static let cleaningInterval: TimeInterval = 60

  private let state = Mutex(State())
  private let accounts: Accounts
  private let rates: [RateClass: Rate]
  private let capacity: Int
  private let now: @Sendable () -> Date

  init(
    accounts: Accounts, rates: [RateClass: Rate], capacity: Int = RateLimiter.standardCapacity,
    now: @escaping @Sendable () -> Date
  ) {
    self.accounts = accounts
    self.rates = rates
    self.capacity = capacity
    self.now = now
  }

  /// Buckets that are in memory.
  var count: Int { state.withLock { $0.buckets.count } }

  /// - Throws: `RateRefusal`.
  func take(_ kind: RateClass, from address: IPAddress?) async throws {
    guard let address else { return }
    // Behind a proxy that the configuration does not name everybody comes from here.
    if address.isLoopback, !kind.isGuarded { return }
    try await take(kind, by: Self.subject(address))
  }

  /// - Throws: `RateRefusal`.
  func take(_ kind: RateClass, byAuthor id: Int64?) async throws {
    if let id { try await take(kind, by: Self.subject(author: id)) }
  }

  /// Gives back what a request of a guarded class took, when it is known to be none that the class is to limit.
  func giveBack(_ kind: RateClass, from address: IPAddress?, byAuthor id: Int64?) async throws {
    guard kind.isGuarded, let limit = rates[kind]?.limit else { return }
    for subject in [address.map(Self.subject), id.map(Self.subject(author:))].compactMap(\.self) {
      try await accounts.giveBack(RateBucket.Key(kind.rawValue, of: subject), of: limit)
    }
  }

  private static func subject(_ address: IPAddress) -> String { "address " + NetworkOrigin(address).text }

  private static func subject(author id: Int64) -> String { "author \(id)" }

  /// - Throws: `RateRefusal`.
  func take(_ kind: RateClass, by subject: String) async throws {
    guard let limit = rates[kind]?.limit else { return }
    let key = RateBucket.Key(kind.rawValue, of: subject)
    let time = now()
    if kind.isGuarded { return try await accounts.take(key, of: limit, at: time) }
    try state.withLock { state throws(RateRefusal) in
      if state.buckets.count >= capacity, state.buckets[key] == nil { state.makeRoom(for: capacity, at: time) }
      var bucket = state.buckets[key] ?? RateBucket(key)
      try bucket.take(limit, at: time)
      state.buckets[key] = bucket
      state.changed.insert(key)
    }
  }

  /// Takes over what was saved, beside what was counted meanwhile.
  func load() async throws {
    let time = now()
    let saved = try await accounts.rateBuckets(at: time)
    state.withLock { state in
      for bucket in saved where state.buckets[bucket.key].map({ $0.fullAt < bucket.fullAt }) ?? true {
        state.buckets[bucket.key] = bucket
      }
      if state.buckets.count > capacity { state.makeRoom(for: capacity, at: time) }
    }
  }

  /// Saves what has changed and, once a minute, forgets what is full again; what cannot be saved is tried again the
  /// next time.
  func save() async throws {
    let time = now()
    var changed: ArraySlice<RateBucket> = state.withLock { state in
      if abs(time.timeIntervalSince(state.cleanedAt)) >= Self.cleaningInterval { state.clean(at: time) }
      let changed = state.changed.compactMap { state.buckets[$0] }.filter { $0.fullAt > time }
      state.changed = []
      return changed[...]
    }
    do {
      while !changed.isEmpty {
        try await accounts.save(Array(changed.prefix(Self.batch)))
        changed = changed.dropFirst(Self.batch)
      }
    } catch {
      let keys = changed.map(\.key)
      state.withLock { $0.changed.formUnion(keys) }
      throw error
    }
  }
}

extension RateLimiter.State {
  /// Forgets what is full again.
  fileprivate mutating func clean(at time: Date) {
    buckets = buckets.filter { $0.value.fullAt > time }
    cleanedAt = time
  }

  /// Forgets what is full again and, beyond half of `capacity`, what is used the least.
  fileprivate mutating func makeRoom(for capacity: Int, at time: Date) {
    clean(at: time)
    // Down to the half in any case: a full table is not gone through for every new client.
    if buckets.count > capacity / 2 {
      let kept = buckets.values.sorted { $0.fullAt > $1.fullAt }.prefix(capacity / 2)
      buckets = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0) })
    }
    changed.formIntersection(buckets.keys)
  }
}
