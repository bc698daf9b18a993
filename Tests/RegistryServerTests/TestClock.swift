import Foundation
import Synchronization

/// The time, which a test can put forward, and stop.
final class TestClock: Sendable {
  private struct State {
    var ahead = 0.0
    var stop: Date?
  }

  private let state = Mutex(State())

  var now: Date { state.withLock { ($0.stop ?? Date()).addingTimeInterval($0.ahead) } }

  func advance(_ seconds: Double) {
    state.withLock { $0.ahead += seconds }
  }

  /// From now on it goes on only when it is put forward, however busy the machine is.
  func stop(at time: Date = Date()) {
    state.withLock { $0.stop = $0.stop ?? time }
  }
}
