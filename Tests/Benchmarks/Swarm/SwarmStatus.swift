import Synchronization

/// How many clients of a swarm are connected.
final class SwarmStatus: Sendable {
  struct Counts: Codable, Sendable, Hashable {
    var connected = 0
    /// Since the start, those that came back among them.
    var connections = 0
  }

  private struct State {
    var counts = Counts()
    var failure: String?
  }

  private let state = Mutex(State())

  var counts: Counts { state.withLock { $0.counts } }

  /// Why the measurement counts for nothing; nil while it does.
  var failure: String? { state.withLock { $0.failure } }

  func connected() {
    state.withLock {
      $0.counts.connected += 1
      $0.counts.connections += 1
    }
  }

  func disconnected() { state.withLock { $0.counts.connected -= 1 } }

  func fail(_ reason: String) { state.withLock { $0.failure = $0.failure ?? reason } }
}
