import Synchronization

/// Whether bytes have come over a socket, which are a sign of life long before they are a whole frame.
final class SocketActivity: Sendable {
  private let isNew = Atomic(false)

  func note() { isNew.store(true, ordering: .relaxed) }

  /// Whether there were any since this was asked last.
  func take() -> Bool { isNew.exchange(false, ordering: .relaxed) }
}
