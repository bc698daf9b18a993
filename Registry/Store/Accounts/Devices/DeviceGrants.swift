import Foundation

/// Signing in from a device without a browser (RFC 8628).
///
/// Guesses of user codes are limited by whoever takes them from people.
extension Accounts {
  package static let deviceCodeLifetime: TimeInterval = 900

  /// Lets a device wait for somebody.
  package func startDeviceGrant(
    on client: ClientDescription, scope: TokenScope = .everything, at time: Date
  ) async throws -> DeviceCodes {
    fatalError("not written yet")
  }

  /// The device that waits with a code; nil when the code is wrong, or its device no longer waits.
  package func deviceGrant(_ code: UserCode, at time: Date) async throws -> DeviceGrant? {
    fatalError("not written yet")
  }

  /// - Returns: False when the device no longer waits; then nothing changed.
  package func approve(_ code: UserCode, by account: AccountID, at time: Date) async throws -> Bool {
    fatalError("not written yet")
  }

  /// - Returns: False when the device no longer waits; then nothing changed.
  package func deny(_ code: UserCode, by account: AccountID, at time: Date) async throws -> Bool {
    fatalError("not written yet")
  }

  /// Whether somebody has let the device in; the first time that this is so makes its token, which lasts 90 days.
  package func poll(_ deviceCode: Secret, at time: Date) async throws -> DevicePoll {
    fatalError("not written yet")
  }
}
