/// An open WebSocket, seen from the client.
///
/// A thread of its own moves the bytes, answers pings and keeps the bounds of its options. Dropping the connection ends
/// it without a word; `close` says goodbye.
package final class WebSocketConnection: Sendable {
  /// What the server has chosen of what was offered.
  package let subprotocol: String?
  private let ends: WebSocketEnds
  private let url: HTTPURL
  private let messageLimit: Int

  init(_ subprotocol: String?, _ plan: WebSocketPlan, _ ends: WebSocketEnds) {
    self.subprotocol = subprotocol
    self.ends = ends
    url = plan.url
    messageLimit = plan.options.limits.messageBytes
  }

  deinit { ends.waker.abandon() }

  /// When the other end last sent anything, a pong among others.
  package var lastReceived: ContinuousClock.Instant { ends.inbox.lastReceived }

  /// Sends UTF-8 as one text message; returns when there is room for it, not when it has arrived.
  ///
  /// - Throws: Why the connection has ended, such as `.timeout(.stall)` when the other end took nothing for too long;
  ///   `.tooLarge` for a message beyond the limit; `.cancelled` with the task, which leaves the connection open.
  package func send(_ text: [UInt8]) async throws(TransportError) {
    try await send(.text(text))
  }

  package func send(_ message: WebSocketMessage) async throws(TransportError) {
    guard message.size <= messageLimit else {
      throw TransportError(
        .tooLarge, at: "\(url)", detail: "a message of \(message.size) bytes, at most \(messageLimit) are sent")
    }
    if case .close(let code, let reason) = message { return await close(code ?? 1000, reason: reason) }
    try await ends.outbox.send(message)
  }

  /// Asks the other end for a sign of life; the pong shows in `lastReceived`.
  package func ping() {
    ends.outbox.offer(.ping([]))
  }

  /// The next text, binary or close message; nil after the end.
  ///
  /// Nothing more is read from the other end while a thousand messages wait here.
  ///
  /// - Throws: Why the connection has ended otherwise; `.cancelled` with the task, which leaves the connection open.
  package func receive() async throws(TransportError) -> WebSocketMessage? {
    try await ends.inbox.next()
  }

  /// Sends a close frame after what waits, and returns when the other end has answered or its time is over.
  package func close(_ code: UInt16, reason: String = "") async {
    ends.outbox.close(code, reason: reason)
    await ends.closed.wait()
  }
}
