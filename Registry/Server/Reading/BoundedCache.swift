import Synchronization

/// A cache that never holds more than its limit: two generations, the older one dropped whole when the younger is full.
///
/// What is read moves to the younger generation, so that what is used stays.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct State {
    var young: [Key: Value] = [:]
    var old: [Key: Value] = [:]
    var youngCost = 0
    /// Grows with every removal, so that nobody stores what was read before one.
    var epoch = 0
  }

  private let state = Mutex(State())
  private let limit: Int
  private let cost: @Sendable (Value) -> Int

  /// - Parameter limit: The sum of costs that is held at the most.
  init(limit: Int, cost: @escaping @Sendable (Value) -> Int) {
    self.limit = limit
    self.cost = cost
  }

  var epoch: Int { state.withLock(\.epoch) }

  subscript(_ key: Key) -> Value? {
    state.withLock { state in
      if let value = state.young[key] { return value }
      guard let value = state.old.removeValue(forKey: key) else { return nil }
      store(value, for: key, in: &state)
      return value
    }
  }

  /// Stores a value.
  ///
  /// - Parameter epoch: When it was read: it is not stored if something has been removed since. Nil for what is true
  ///   for ever, as what belongs to a digest is.
  func insert(_ value: Value, for key: Key, readAt epoch: Int? = nil) {
    state.withLock { state in
      guard epoch == nil || epoch == state.epoch else { return }
      store(value, for: key, in: &state)
    }
  }

  /// - Parameter isTrue: Whether a value may stay: no value that was read before is stored then, either.
  func remove(_ key: Key, unless isTrue: (Value) -> Bool = { _ in false }) {
    state.withLock { state in
      state.epoch += 1
      if let value = state.young[key] ?? state.old[key], isTrue(value) { return }
      if let value = state.young.removeValue(forKey: key) { state.youngCost -= cost(value) }
      state.old[key] = nil
    }
  }

  func removeAll() {
    state.withLock { state in
      state.epoch += 1
      state.young = [:]
      state.youngCost = 0
      state.old = [:]
    }
  }

  private func store(_ value: Value, for key: Key, in state: inout State) {
    if let previous = state.young.updateValue(value, forKey: key) { state.youngCost -= cost(previous) }
    state.youngCost += cost(value)
    guard state.youngCost > limit / 2 else { return }
    state.old = state.young
    state.young = [:]
    state.youngCost = 0
  }
}
