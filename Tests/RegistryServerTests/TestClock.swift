import Foundation
import Synchronization

/// The time, which a test can put forward.
final class TestClock: Sendable {
  private let ahead = Mutex(0.0)

  var now: Date { Date().addingTimeInterval(ahead.withLock { $0 }) }

  func advance(_ seconds: Double) {
    ahead.withLock { $0 += seconds }
  }
}
