import RegistryAPI
import RegistryStore
import Skills

/// Signals of WebRTC between a caller without a socket and an agent.
struct SignalRoutes: Sendable {
  let services: RegistryServices

  func signal(_ call: Call, _ called: CalledAgent) async throws -> Reply {
    let request = try call.json(SignalRequest.self)
    let signals = try services.bridge.signal(
      PlatformSignalRequest(
        transferId: request.transferId, signalType: request.signalType, payload: request.payload,
        clientId: called.clientID),
      to: called.agent.id, by: .account(called.account))
    return try .json(SignalResponse(signals: signals))
  }

  func signalOfPlatform(_ call: Call, _ platform: PlatformCaller) async throws -> Reply {
    let request = try call.json(PlatformSignalRequest.self)
    try PlatformRoutes.check(clientID: request.clientId)
    let signals = try services.bridge.signal(
      request, to: try call.agentID(), by: .platform(clientID: request.clientId))
    return try .json(PlatformSignalResponse(signals: signals))
  }
}
