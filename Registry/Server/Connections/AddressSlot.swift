import Synchronization

/// The slot of one connection in the count of its address.
final class AddressSlot: Sendable {
  /// False for one too many.
  let isAdmitted: Bool
  private let leaving: @Sendable () -> Void
  private let isHeld = Atomic(true)

  /// - Parameter leaving: Takes it out of the count.
  init(isAdmitted: Bool, leaving: @escaping @Sendable () -> Void = {}) {
    self.isAdmitted = isAdmitted
    self.leaving = leaving
  }

  /// It counts no more, whether it ends or has said who it is.
  func leave() {
    if isHeld.exchange(false, ordering: .relaxed) { leaving() }
  }
}
