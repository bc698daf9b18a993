/// A frame that the bridge sends.
package enum BridgeFrame: Hashable, Sendable {
  case registered(RegistrationResponse)
  case message(RequestMessage)
  case cancel(Cancellation)
  case ack(Acknowledgement)
  case resend(ResendRequest)
  case credit(Credit)
  case ping(Ping)
  case pong(Ping)
  case goaway(GoAway)
  case discoverAgentsResult(DiscoveredAgentList)
  case callAgentChunk(AgentCallChunk)
  case callAgentDone(AgentCallDone)
  case callAgentError(AgentCallError)
  case rtcSignalRelay(RelayedSignal)
  case unknown(type: String)
}
