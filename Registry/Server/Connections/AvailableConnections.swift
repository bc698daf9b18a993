import HummingbirdCore

/// Takes connections while there are fewer for HTTP than there may be: the sockets of agents have a limit of their own.
struct AvailableConnections: AvailableConnectionsDelegate {
  private let limits: RegistryLimits
  private let sockets: SocketCount
  private var count = 0

  init(limits: RegistryLimits, sockets: SocketCount) {
    self.limits = limits
    self.sockets = sockets
  }

  mutating func connectionOpened() { count += 1 }

  mutating func connectionClosed() { count -= 1 }

  func isAcceptingNewConnections() -> Bool { count - sockets.all < limits.connections }
}
