import NIOCore

/// Who asks, as far as turns and limits tell clients apart: an address, or a connection of this machine, on which a
/// proxy may speak for everybody.
package struct Client: Sendable {
  private enum Origin: Hashable, Sendable {
    case address(NetworkOrigin)
    case connection(ObjectIdentifier)
  }

  private let origin: Origin
  private let watch: @Sendable (ClientDeparture) -> Void

  /// - Parameter address: Who asks through that connection, as far as it is known.
  init(_ address: IPAddress?, _ channel: any Channel) {
    if let address, !address.isLoopback {
      origin = .address(NetworkOrigin(address))
    } else {
      origin = .connection(ObjectIdentifier(channel))
    }
    watch = { departure in
      // A connection that is closed keeps nothing.
      guard channel.isActive else { return departure.action() }
      channel.triggerUserOutboundEvent(departure, promise: nil)
    }
  }

  private init(_ origin: Origin, _ watch: @escaping @Sendable (ClientDeparture) -> Void) {
    self.origin = origin
    self.watch = watch
  }

  /// A connection by its identity.
  ///
  /// - Parameter watch: Keeps what is to be done when it has ended.
  package static func connection(
    _ id: ObjectIdentifier, watch: @escaping @Sendable (ClientDeparture) -> Void = { _ in }
  ) -> Client {
    Client(.connection(id), watch)
  }

  /// Has `action` done once the client has ended its connection, at once when it has already; forgotten when the
  /// request of that moment has its answer.
  func onDeparture(_ action: @escaping @Sendable () -> Void) { watch(ClientDeparture(action: action)) }
}

extension Client: Hashable {
  package static func == (left: Client, right: Client) -> Bool { left.origin == right.origin }

  package func hash(into hasher: inout Hasher) { hasher.combine(origin) }
}
