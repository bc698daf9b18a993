import Foundation
import Skills
import Synchronization

/// When each waiting device asked last, and how many of them there are.
///
/// In memory, so that waiting costs no write: what a restart forgets is one time that a device asked too early.
final class DevicePolls: Sendable {
  private struct State {
    var times: [Digest: Date] = [:]
    var waiting = 0
    var countedAt = Date.distantPast
  }

  /// Seconds that a count is used.
  private static let countLifetime: TimeInterval = 1

  private let state = Mutex(State())

  /// Notes that a device asks.
  ///
  /// - Returns: When it asked before; nil when that is not known.
  func note(_ device: Digest, at time: Date) -> Date? {
    state.withLock { $0.times.updateValue(time, forKey: device) }
  }

  func forget(_ device: Digest) {
    state.withLock { _ = $0.times.removeValue(forKey: device) }
  }

  /// Devices that wait, counted by `count` once a second at most; then those are forgotten, too, that no longer ask.
  func waiting(at time: Date, count: () async throws -> Int) async throws -> Int {
    let known = state.withLock { state -> Int? in
      if abs(time.timeIntervalSince(state.countedAt)) < Self.countLifetime { return state.waiting }
      // Before it is counted: whoever asks meanwhile takes the older count.
      state.countedAt = time
      if state.times.count > 4_096 {
        state.times = state.times.filter { time.timeIntervalSince($0.value) < Accounts.deviceCodeLifetime }
      }
      return nil
    }
    if let known { return known }
    let waiting = try await count()
    state.withLock { $0.waiting = waiting }
    return waiting
  }

  /// Counts one more, until all are counted again.
  func noteStart() {
    state.withLock { $0.waiting += 1 }
  }
}
