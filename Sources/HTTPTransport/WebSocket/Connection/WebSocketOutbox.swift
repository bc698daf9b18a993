import Synchronization

/// What is to be sent: tasks put messages in and wait for room, the thread of the WebSocket takes them out.
final class WebSocketOutbox: Sendable {
  private typealias Waiters = WaiterQueue<WebSocketMessage, Void>

  private struct State {
    var messages: [WebSocketMessage] = []
    /// Bytes that wait, those that the thread is sending among them.
    var byteCount = 0
    var waiters = Waiters()
    var isClosing = false
    /// Why nothing can be sent any more.
    var end: TransportError?
  }

  /// Bytes that are taken out at once.
  private static let batch = 256 << 10

  private let state = Mutex(State())
  private let capacity: Int
  private let url: HTTPURL
  private let waker: WebSocketWaker

  init(capacity: Int, url: HTTPURL, waker: WebSocketWaker) {
    self.capacity = capacity
    self.url = url
    self.waker = waker
  }

  /// Whether a close frame waits or was taken out: nothing comes after it.
  var isClosing: Bool { state.withLock { $0.isClosing } }

  /// Returns when there was room for the message.
  func send(_ message: WebSocketMessage) async throws(TransportError) {
    let id = Waiters.ID()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let result = add(message, orWaitWith: id, continuation) { return continuation.resume(returning: result) }
        // Cancelled before there was a place to leave.
        if Task.isCancelled { leave(id) }
      }
    } onCancel: {
      leave(id)
    }
    try result.get()
    waker.wake()
  }

  /// Adds a message if there is room at once.
  func offer(_ message: WebSocketMessage) {
    state.withLock { state in
      guard !state.isClosing, state.end == nil, fits(message, in: state) else { return }
      admit(message, to: &state)
    }
    waker.wake()
  }

  /// Adds the last message; those that wait for room fail.
  func close(_ code: UInt16, reason: String) {
    let late = state.withLock { state in
      guard !state.isClosing, state.end == nil else { return [Waiters.Continuation]() }
      state.isClosing = true
      admit(.close(code, reason), to: &state)
      return state.waiters.removeAll()
    }
    for continuation in late { continuation.resume(returning: .failure(closed)) }
    waker.wake()
  }

  /// The next messages, at least one when there is any.
  func take() -> [WebSocketMessage] {
    state.withLock { state in
      var byteCount = 0
      var end = state.messages.startIndex
      while end < state.messages.endIndex, byteCount < Self.batch {
        byteCount += state.messages[end].size
        end += 1
      }
      defer { state.messages.removeFirst(end) }
      return Array(state.messages[..<end])
    }
  }

  /// Makes room for others: messages that were taken out have been sent.
  func release(_ messages: [WebSocketMessage]) {
    let admitted = state.withLock { state in
      state.byteCount -= messages.reduce(0) { $0 + Self.cost(of: $1) }
      var admitted: [Waiters.Continuation] = []
      while let next = state.waiters.first, fits(next, in: state), let continuation = state.waiters.popFirst() {
        admit(next, to: &state)
        admitted.append(continuation)
      }
      return admitted
    }
    for continuation in admitted { continuation.resume(returning: .success(())) }
  }

  /// - Parameter error: Nil when the connection was closed as it should be.
  func finish(_ error: TransportError?) {
    let late = state.withLock { state in
      if state.end == nil { state.end = error ?? closed }
      state.messages = []
      return state.waiters.removeAll()
    }
    for continuation in late { continuation.resume(returning: .failure(error ?? closed)) }
  }

  private var closed: TransportError {
    TransportError(.connectionLost, at: "\(url)", detail: "the WebSocket is closed")
  }

  /// The result, unless the message has to wait.
  private func add(
    _ message: WebSocketMessage, orWaitWith id: Waiters.ID, _ continuation: Waiters.Continuation
  ) -> Result<Void, TransportError>? {
    state.withLock { state in
      if let end = state.end { return .failure(end) }
      if state.isClosing { return .failure(closed) }
      guard state.waiters.first == nil, fits(message, in: state) else {
        state.waiters.append(id, message, continuation)
        return nil
      }
      admit(message, to: &state)
      return .success(())
    }
  }

  private func leave(_ id: Waiters.ID) {
    let continuation = state.withLock { $0.waiters.remove(id) }
    continuation?.resume(returning: .failure(TransportError(.cancelled, at: "\(url)")))
  }

  /// An empty queue takes any message.
  private func fits(_ message: WebSocketMessage, in state: State) -> Bool {
    state.byteCount == 0 || state.byteCount + Self.cost(of: message) <= capacity
  }

  private func admit(_ message: WebSocketMessage, to state: inout State) {
    state.messages.append(message)
    state.byteCount += Self.cost(of: message)
  }

  /// With room for the header, so that empty messages are bounded, too.
  private static func cost(of message: WebSocketMessage) -> Int { message.size + 64 }
}
