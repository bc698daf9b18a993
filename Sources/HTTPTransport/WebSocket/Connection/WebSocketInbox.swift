import Synchronization

/// What has been received: the thread of the WebSocket puts messages in, tasks wait for them.
final class WebSocketInbox: Sendable {
  private typealias Waiters = WaiterQueue<Void, WebSocketMessage?>

  private struct State {
    var messages: [WebSocketMessage] = []
    var byteCount = 0
    var waiters = Waiters()
    /// How it ended; what was received before is still there to be read.
    var end: Result<WebSocketMessage?, TransportError>?
    var lastReceived = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let messageLimit: Int
  private let byteLimit: Int
  private let url: HTTPURL
  private let waker: WebSocketWaker

  init(_ options: WebSocketOptions, url: HTTPURL, waker: WebSocketWaker) {
    messageLimit = options.incomingMessages
    byteLimit = options.incomingBytes
    self.url = url
    self.waker = waker
  }

  /// When the other end last sent anything.
  var lastReceived: ContinuousClock.Instant { state.withLock { $0.lastReceived } }

  var hasRoom: Bool { state.withLock { hasRoom($0) } }

  func touch() {
    state.withLock { $0.lastReceived = .now }
  }

  func deliver(_ message: WebSocketMessage) {
    let reader = state.withLock { state in
      if let reader = state.waiters.popFirst() { return Optional(reader) }
      state.messages.append(message)
      state.byteCount += message.size
      return nil
    }
    reader?.resume(returning: .success(message))
  }

  /// The next message, nil after the end.
  func next() async throws(TransportError) -> WebSocketMessage? {
    let id = Waiters.ID()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let result = take(orWaitWith: id, continuation) { return continuation.resume(returning: result) }
        // Cancelled before there was a place to leave.
        if Task.isCancelled { leave(id) }
      }
    } onCancel: {
      leave(id)
    }
    return try result.get()
  }

  /// - Parameter error: Nil when the connection was closed as it should be.
  func finish(_ error: TransportError?) {
    let (readers, end) = state.withLock { state in
      let end = state.end ?? error.map { .failure($0) } ?? .success(nil)
      state.end = end
      return (state.waiters.removeAll(), end)
    }
    for reader in readers { reader.resume(returning: end) }
  }

  private func take(
    orWaitWith id: Waiters.ID, _ continuation: Waiters.Continuation
  ) -> Result<WebSocketMessage?, TransportError>? {
    let (result, madeRoom) = state.withLock { state -> (Result<WebSocketMessage?, TransportError>?, Bool) in
      guard !state.messages.isEmpty else {
        if state.end == nil { state.waiters.append(id, (), continuation) }
        return (state.end, false)
      }
      let wasFull = !hasRoom(state)
      let message = state.messages.removeFirst()
      state.byteCount -= message.size
      return (.success(message), wasFull && hasRoom(state))
    }
    if madeRoom { waker.wake() }
    return result
  }

  private func leave(_ id: Waiters.ID) {
    let continuation = state.withLock { $0.waiters.remove(id) }
    continuation?.resume(returning: .failure(TransportError(.cancelled, at: "\(url)")))
  }

  private func hasRoom(_ state: State) -> Bool {
    state.messages.count < messageLimit && state.byteCount <= byteLimit
  }
}
