/// A step of a WebRTC handshake; its payload is JSON as text.
package struct OutgoingSignal: Codable, Hashable, Sendable {
  package var transferId: String
  /// A UUID, or the name that stands for a caller without a socket.
  package var targetAgentId: String
  /// Such as `offer`, `answer` or `candidate`.
  package var signalType: String
  package var payload: String

  package init(transferId: String, targetAgentId: String, signalType: String, payload: String) {
    self.transferId = transferId
    self.targetAgentId = targetAgentId
    self.signalType = signalType
    self.payload = payload
  }
}

/// A step of a WebRTC handshake from the other side of a transfer.
package struct RelayedSignal: Codable, Hashable, Sendable {
  package var transferId: String
  package var fromAgentId: String
  package var signalType: String
  package var payload: String
  /// `^[A-Za-z0-9_-]{1,64}$`.
  package var clientId: String?
  package var iceServers: [IceServer]?

  package init(
    transferId: String, fromAgentId: String, signalType: String, payload: String, clientId: String? = nil,
    iceServers: [IceServer]? = nil
  ) {
    self.transferId = transferId
    self.fromAgentId = fromAgentId
    self.signalType = signalType
    self.payload = payload
    self.clientId = clientId
    self.iceServers = iceServers
  }
}
