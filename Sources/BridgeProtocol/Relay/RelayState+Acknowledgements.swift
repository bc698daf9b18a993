extension RelayState {
  /// The log has a frame: its bytes are credit again, and the agent may forget it.
  mutating func commit(_ id: String, attempt: Int, seq: Int, bytes: Int) {
    guard var request = requests[id], request.attempt == attempt, seq > request.committed else { return }
    let acknowledged = request.committed / Self.acknowledgementPause
    request.committed = seq
    let isOfNow = seq >= request.creditFrom
    if isOfNow { request.outstanding -= min(bytes, request.outstanding) }
    requests[id] = request
    if isOfNow {
      owe(bytes)
      owe(bytes, for: id)
    }
    if seq == request.received || seq / Self.acknowledgementPause > acknowledged { acknowledge(request) }
    if request.isEnding, seq == request.received {
      requests[id] = nil
      remember(request, last: seq)
    }
  }

  /// Ends a request of which the log takes nothing more from its agent, which may stop and forget what it has said.
  mutating func lose(_ id: String) {
    guard var request = requests[id] else { return }
    end(request, .agentOffline, "The log took no more of the answer. Try again")
    if request.isEnding {
      ended[id]?.last = request.received
      request.committed = request.received
      acknowledge(request)
    } else if request.isSent, !request.isCancelled {
      sendCancel(of: request)
    }
  }

  private mutating func acknowledge(_ request: RelayRequest) {
    guard primary?.speaksV3 == true else { return }
    send(.ack(Acknowledgement(requestId: request.id, attempt: request.attempt, seq: request.committed)))
  }

  /// Gives back at once what a frame without effect has cost.
  mutating func drop(_ arrival: RelayArrival) {
    let bytes = arrival.event.payloadBytes
    primary?.outstanding += bytes
    owe(bytes)
    owe(bytes, for: arrival.requestId)
  }

  /// Credit of the connection; it is given back by quarters of the window.
  mutating func owe(_ bytes: Int) {
    guard var connection = primary else { return }
    connection.outstanding -= min(bytes, connection.outstanding)
    connection.owed += bytes
    let isDue = connection.speaksV3 && connection.owed >= window.connectionBytes / 4
    let owed = connection.owed
    if isDue { connection.owed = 0 }
    primary = connection
    if isDue, owed > 0 { send(.credit(Credit(bytes: owed))) }
  }

  /// Credit of a request, of one that has ended too.
  mutating func owe(_ bytes: Int, for id: String) {
    guard let before = requests[id]?.owed ?? ended[id]?.owed else { return }
    let owed = before + bytes
    let isDue = primary?.speaksV3 == true && owed >= window.requestBytes / 4
    requests[id]?.owed = isDue ? 0 : owed
    ended[id]?.owed = isDue ? 0 : owed
    if isDue, owed > 0 { send(.credit(Credit(requestId: id, bytes: owed))) }
  }
}
