import FoundationSubset

/// A frame that an agent sends.
///
/// The JSON is an object with `type`; what is not known is `unknown` and has no effect (protocol version 2, section 4).
package enum AgentFrame: Hashable, Sendable {
  case register(Registration)
  case chunk(Chunk)
  case done(Completion)
  case error(RequestFailure)
  case heartbeat(Heartbeat)
  case accept(AttemptReference)
  case event(ExtraEvent)
  case ping(Ping)
  case pong(Ping)
  case skills(CarriedSkills)
  case discoverAgents(AgentDiscovery)
  case callAgent(AgentCall)
  case rtcSignal(OutgoingSignal)
  case unknown(type: String)
}

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
