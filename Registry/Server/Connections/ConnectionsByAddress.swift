import NIOCore
import Synchronization

/// Counts open connections by where they come from, so that nobody takes them all.
final class ConnectionsByAddress: Sendable {
  private let counts = Mutex<[NetworkOrigin: Int]>([:])
  private let limit: Int
  private let countsLoopback: Bool
  /// These speak for many.
  private let proxies: TrustedProxies

  init(_ limits: RegistryLimits, proxies: TrustedProxies) {
    limit = limits.connectionsPerAddress
    countsLoopback = limits.countsLoopback
    self.proxies = proxies
  }

  /// Counts a connection until it is closed, or leaves its slot before.
  func admit(_ channel: any Channel) -> AddressSlot {
    guard let address = IPAddress(channel.remoteAddress), countsLoopback || !address.isLoopback,
      !proxies.include(address)
    else { return AddressSlot(isAdmitted: true) }
    let origin = NetworkOrigin(address)
    let count = counts.withLock { counts in
      let count = counts[origin, default: 0] + 1
      counts[origin] = count
      return count
    }
    let slot = AddressSlot(isAdmitted: count <= limit) { self.release(origin) }
    channel.closeFuture.whenComplete { _ in slot.leave() }
    return slot
  }

  private func release(_ origin: NetworkOrigin) {
    counts.withLock { counts in
      let rest = (counts[origin] ?? 0) - 1
      counts[origin] = rest > 0 ? rest : nil
    }
  }
}
