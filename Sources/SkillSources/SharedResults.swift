import Skills

/// Work that is done once for everybody who asks: who asks while it is under way waits, and who asks later gets the
/// result.
///
/// A failure is a result, too, so that an address that does not answer is not waited for again and again; only what was
/// cancelled is done again.
actor SharedResults<Key: Hashable & Sendable, Value: Sendable> {
  private enum State {
    case running(waiting: [CheckedContinuation<Void, Never>])
    case finished(Result<Value, MeshError>)
  }

  private let limit: Int
  private var states: [Key: State] = [:]
  /// Finished ones, the oldest first.
  private var kept: [Key] = []

  /// - Parameter limit: So many results are kept; the oldest goes first.
  init(keeping limit: Int) {
    self.limit = limit
  }

  func value(
    of key: Key, _ make: @Sendable () async throws(MeshError) -> Value
  ) async throws(MeshError) -> Value {
    while true {
      switch states[key] {
      case .finished(let result): return try result.get()
      case .running: await end(of: key)
      case nil:
        states[key] = .running(waiting: [])
        let result = await Result.catching(make)
        finish(key, result)
        return try result.get()
      }
    }
  }

  /// Keeps a result that was obtained otherwise.
  func keep(_ value: Value, as key: Key) {
    guard states[key] == nil else { return }
    finish(key, .success(value))
  }

  private func end(of key: Key) async {
    await withCheckedContinuation { continuation in
      guard case .running(let waiting) = states[key] else { return continuation.resume() }
      states[key] = .running(waiting: waiting + [continuation])
    }
  }

  private func finish(_ key: Key, _ result: Result<Value, MeshError>) {
    if case .running(let waiting) = states[key] { for continuation in waiting { continuation.resume() } }
    if case .failure(let failure) = result, failure.code == .cancelled {
      states[key] = nil
      return
    }
    states[key] = .finished(result)
    kept.append(key)
    if kept.count > limit { states[kept.removeFirst()] = nil }
  }
}

extension Result {
  /// The outcome of an asynchronous step.
  static func catching(_ body: () async throws(Failure) -> Success) async -> Self {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
