import Synchronization

/// Wakes the thread of a WebSocket, and says that nobody needs it any more.
final class WebSocketWaker: Sendable {
  private struct State {
    var waker: MultiHandle.Waker?
    var isAbandoned = false
  }

  private let state = Mutex(State())

  var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

  func wake() {
    state.withLock { $0.waker?.wake() }
  }

  /// The thread ends at once.
  func abandon() {
    state.withLock { state in
      state.isAbandoned = true
      state.waker?.wake()
    }
  }

  /// - Parameter waker: Nil before its handle is gone.
  func attach(_ waker: MultiHandle.Waker?) {
    state.withLock { $0.waker = waker }
  }
}
