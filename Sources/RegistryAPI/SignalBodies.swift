import BridgeProtocol

/// A step of a WebRTC handshake, as JSON or SDP in its payload.
package struct SignalBody: Codable, Hashable, Sendable {
  package var signalType: String
  package var payload: String

  package init(signalType: String, payload: String) {
    self.signalType = signalType
    self.payload = payload
  }
}

/// `POST /api/agents/:id/rtc-signal`.
package struct SignalRequest: Codable, Sendable {
  package var transferId: String
  /// `offer`, `answer`, `candidate` or `prepare-upload`; `poll` sends nothing.
  package var signalType: String
  package var payload: String?

  package init(transferId: String, signalType: String, payload: String? = nil) {
    self.transferId = transferId
    self.signalType = signalType
    self.payload = payload
  }
}

/// What the agent has sent for the transfer since the last time.
package struct SignalResponse: Codable, Sendable {
  package var signals: [SignalBody]

  package init(signals: [SignalBody]) {
    self.signals = signals
  }
}

/// `POST /api/rtc-signal/:id`.
package struct PlatformSignalRequest: Codable, Sendable {
  package var transferId: String
  package var signalType: String
  package var payload: String?
  /// `^[A-Za-z0-9_-]{1,64}$`.
  package var clientId: String?
  package var iceServers: [IceServer]?

  package init(
    transferId: String, signalType: String, payload: String? = nil, clientId: String? = nil,
    iceServers: [IceServer]? = nil
  ) {
    self.transferId = transferId
    self.signalType = signalType
    self.payload = payload
    self.clientId = clientId
    self.iceServers = iceServers
  }
}

package struct PlatformSignalResponse: Codable, Sendable {
  package var ok: Bool
  package var signals: [SignalBody]

  package init(signals: [SignalBody]) {
    ok = true
    self.signals = signals
  }
}
