/// Where the thread of a WebSocket and the tasks that use it meet.
struct WebSocketEnds: Sendable {
  let waker: WebSocketWaker
  let inbox: WebSocketInbox
  let outbox: WebSocketOutbox
  /// The subprotocol once the WebSocket is open, or why it is not.
  let opened = OneShot<Result<String?, TransportError>>()
  /// Set when nothing can be sent or received any more.
  let closed = OneShot<Void>()

  init(_ options: WebSocketOptions, to url: HTTPURL) {
    waker = WebSocketWaker()
    inbox = WebSocketInbox(options, url: url, waker: waker)
    outbox = WebSocketOutbox(capacity: options.outgoingBytes, url: url, waker: waker)
  }

  /// The first end counts.
  ///
  /// - Parameter error: Nil when the connection was closed as it should be.
  func finish(_ error: TransportError?) {
    if let error { opened.set(.failure(error)) }
    // First: whoever has read the end sends nothing any more.
    outbox.finish(error)
    inbox.finish(error)
    closed.set(())
  }
}
