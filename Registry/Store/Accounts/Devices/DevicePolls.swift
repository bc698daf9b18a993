import Foundation
import Skills
import Synchronization

/// When each waiting device asked last.
///
/// In memory, so that waiting costs no write: what a restart forgets is one time that a device asked too early.
final class DevicePolls: Sendable {
  private let times = Mutex<[Digest: Date]>([:])

  /// Notes that a device asks.
  ///
  /// - Returns: When it asked before; nil when that is not known.
  func note(_ device: Digest, at time: Date) -> Date? {
    times.withLock { times in
      if times.count > 4_096 {
        times = times.filter { time.timeIntervalSince($0.value) < Accounts.deviceCodeLifetime }
      }
      return times.updateValue(time, forKey: device)
    }
  }

  func forget(_ device: Digest) {
    times.withLock { _ = $0.removeValue(forKey: device) }
  }
}
