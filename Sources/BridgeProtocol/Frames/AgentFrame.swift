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
