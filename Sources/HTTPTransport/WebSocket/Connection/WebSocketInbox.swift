import Synchronization

/// What has been received: the thread of the WebSocket puts messages in, tasks wait for them.
final class WebSocketInbox: Sendable {
  private typealias Line = WaitingLine<Void, WebSocketMessage?>

  private struct State {
    var messages: [WebSocketMessage] = []
    var byteCount = 0
    var line = Line()
    /// How it ended; what was received before is still there to be read.
    var end: Result<WebSocketMessage?, TransportError>?
    var lastReceived = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let messageLimit: Int
  private let byteLimit: Int
  private let url: HTTPURL
  private let bell: WebSocketBell

  init(_ options: WebSocketOptions, url: HTTPURL, bell: WebSocketBell) {
    messageLimit = options.incomingMessages
    byteLimit = options.incomingBytes
    self.url = url
    self.bell = bell
  }

  /// When the other end last sent anything.
  var lastReceived: ContinuousClock.Instant { state.withLock { $0.lastReceived } }

  var hasRoom: Bool { state.withLock { hasRoom($0) } }

  func touch() {
    state.withLock { $0.lastReceived = .now }
  }

  func deliver(_ message: WebSocketMessage) {
    let reader = state.withLock { state in
      if let reader = state.line.popFirst() { return Optional(reader) }
      state.messages.append(message)
      state.byteCount += message.size
      return nil
    }
    reader?.resume(returning: .success(message))
  }

  /// The next message, nil after the end.
  func next() async throws(TransportError) -> WebSocketMessage? {
    let ticket = Line.Ticket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let result = take(orWaitWith: ticket, continuation) { return continuation.resume(returning: result) }
        // Cancelled before there was a place to leave.
        if Task.isCancelled { leave(ticket) }
      }
    } onCancel: {
      leave(ticket)
    }
    return try result.get()
  }

  /// - Parameter error: Nil when the connection was closed as it should be.
  func finish(_ error: TransportError?) {
    let (readers, end) = state.withLock { state in
      let end = state.end ?? error.map { .failure($0) } ?? .success(nil)
      state.end = end
      return (state.line.removeAll(), end)
    }
    for reader in readers { reader.resume(returning: end) }
  }

  private func take(
    orWaitWith ticket: Line.Ticket, _ continuation: Line.Continuation
  ) -> Result<WebSocketMessage?, TransportError>? {
    let (result, madeRoom) = state.withLock { state -> (Result<WebSocketMessage?, TransportError>?, Bool) in
      guard !state.messages.isEmpty else {
        if state.end == nil { state.line.join(ticket, (), continuation) }
        return (state.end, false)
      }
      let wasFull = !hasRoom(state)
      let message = state.messages.removeFirst()
      state.byteCount -= message.size
      return (.success(message), wasFull && hasRoom(state))
    }
    if madeRoom { bell.ring() }
    return result
  }

  private func leave(_ ticket: Line.Ticket) {
    let continuation = state.withLock { $0.line.leave(ticket) }
    continuation?.resume(returning: .failure(TransportError(.cancelled, at: "\(url)")))
  }

  private func hasRoom(_ state: State) -> Bool {
    state.messages.count < messageLimit && state.byteCount <= byteLimit
  }
}
