import NIOCore
import Synchronization

/// Counts the sockets of agents: all of them, and those that have not yet said who they are by where they come from.
final class SocketCount: Sendable {
  private struct Counts {
    var all = 0
    var unregistered = 0
    var byOrigin: [NetworkOrigin: Int] = [:]
    var observer: (@Sendable () -> Void)?
  }

  private let counts = Mutex(Counts())
  private let limits: RegistryLimits

  init(_ limits: RegistryLimits) {
    self.limits = limits
  }

  var all: Int { counts.withLock { $0.all } }

  /// Calls `observer` after every socket more: there is one connection less for others then.
  func onOpening(_ observer: @escaping @Sendable () -> Void) { counts.withLock { $0.observer = observer } }

  /// Takes a slot until the connection is closed; nil when there is none.
  ///
  /// - Parameter origin: Nil for whoever may speak for many.
  func open(_ channel: any Channel, from origin: NetworkOrigin?) -> SocketSlot? {
    let isAdmitted = counts.withLock { counts in
      let ofOrigin = origin.map { counts.byOrigin[$0, default: 0] } ?? 0
      guard counts.all < limits.agentSockets, counts.unregistered < limits.unregisteredSockets,
        ofOrigin < limits.unregisteredSocketsPerAddress
      else { return false }
      counts.all += 1
      counts.unregistered += 1
      if let origin { counts.byOrigin[origin] = ofOrigin + 1 }
      return true
    }
    guard isAdmitted else { return nil }
    let slot = SocketSlot(self, origin)
    channel.closeFuture.whenComplete { _ in slot.close() }
    counts.withLock { $0.observer }?()
    return slot
  }

  fileprivate func register(from origin: NetworkOrigin?) {
    counts.withLock { counts in
      counts.unregistered -= 1
      guard let origin else { return }
      let rest = counts.byOrigin[origin, default: 0] - 1
      counts.byOrigin[origin] = rest > 0 ? rest : nil
    }
  }

  fileprivate func close() { counts.withLock { $0.all -= 1 } }
}

/// The slot of one socket in the count.
final class SocketSlot: Sendable {
  private let count: SocketCount
  private let origin: NetworkOrigin?
  private let isRegistered = Atomic(false)

  fileprivate init(_ count: SocketCount, _ origin: NetworkOrigin?) {
    self.count = count
    self.origin = origin
  }

  /// It has said who it is, and counts among those no more that have not.
  func register() {
    if !isRegistered.exchange(true, ordering: .relaxed) { count.register(from: origin) }
  }

  fileprivate func close() {
    register()
    count.close()
  }
}
