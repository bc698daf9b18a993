/// Why a WebSocket was closed (RFC 6455, section 7.4; from 4000 on they are the bridge's own).
package struct CloseCode: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package static let normal = CloseCode(rawValue: 1000)
  /// Protocol or authentication.
  package static let policy = CloseCode(rawValue: 1008)
  /// A message is larger than the bridge takes.
  package static let tooBig = CloseCode(rawValue: 1009)
  /// The bridge stops, or cannot do it now: the agent connects again.
  package static let restart = CloseCode(rawValue: 1012)
  /// By a newer connection; final.
  package static let replaced = CloseCode(rawValue: 4001)
  /// Final.
  package static let revoked = CloseCode(rawValue: 4002)
  /// Final.
  package static let version = CloseCode(rawValue: 4003)
  /// The other side was silent for too long.
  package static let heartbeat = CloseCode(rawValue: 4008)
}
