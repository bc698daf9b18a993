/// What a WebSocket is to be: where, how it is asked for, within which bounds.
struct WebSocketPlan: Sendable {
  var order: TransferOrder
  var handshake: WebSocketHandshake
  /// The request for the upgrade as it is sent.
  var head: [UInt8]
  /// When it must be open.
  var deadline: ContinuousClock.Instant
  var options: WebSocketOptions

  var url: HTTPURL { order.request.url }
}
