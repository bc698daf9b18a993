import NIOCore

/// Who asks, as far as turns and limits tell clients apart: an address, or a connection of this machine, on which a
/// proxy may speak for everybody.
package enum Client: Hashable, Sendable {
  case address(NetworkOrigin)
  case connection(ObjectIdentifier)

  /// - Parameter address: Who asks through that connection, as far as it is known.
  init(_ address: IPAddress?, _ channel: any Channel) {
    if let address, !address.isLoopback {
      self = .address(NetworkOrigin(address))
    } else {
      self = .connection(ObjectIdentifier(channel))
    }
  }
}
